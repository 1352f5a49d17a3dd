# Written by CMake beside the native module.
VERSION: str  # of tvts
TORCH: str  # that the native module was built with, without what follows "+"
