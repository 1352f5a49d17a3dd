// Which tvts this is. Link tvts_version for it: a library apart, so that a new commit relinks only what asks.
#pragma once

namespace tvts {

// The released version, "0.1.0" (docs/versioning.md).
const char* version();

// What `git describe` said when this was built, "-dirty" for uncommitted changes; empty outside a git checkout.
const char* revision();

}  // namespace tvts
