#include "tvts/config/pool.h"

#include "tvts/core/error.h"

namespace tvts {

std::string to_string(Pool pool) { return pool == Pool::kMean ? "mean" : "cls"; }

Pool pool_named(const std::string& name) {
  if (name == "cls") return Pool::kCls;
  if (name == "mean") return Pool::kMean;
  fail_usage("no pooling is called '", name, "'; expected cls or mean");
}

}  // namespace tvts
