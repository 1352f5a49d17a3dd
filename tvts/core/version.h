// The version of tvts. It is a library of its own, tvts_version, so that a new commit relinks its users alone.
#pragma once

namespace tvts {

// The released version, "0.1.0" (docs/versioning.md).
const char* version();

// The output of `git describe` when this was built, "-dirty" for uncommitted changes; empty outside a git checkout.
const char* revision();

}  // namespace tvts
