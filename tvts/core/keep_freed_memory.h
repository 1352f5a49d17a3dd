// The policy of the process for memory that it has freed.
#pragma once

namespace tvts {

// Keeps freed memory for the next allocation instead of giving it back to the system. A training step allocates and
// frees the same large activations again and again; by default each is mapped and unmapped, and the system clears every
// page of it anew, which can take half of the time (docs/performance.md). The price: the process keeps the most memory
// it ever had. For the whole process, from now on; call it before other threads begin. Only glibc can; elsewhere it
// does nothing.
void keep_freed_memory();

}  // namespace tvts
