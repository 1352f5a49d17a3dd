// The options of the training of a probe.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace tvts {

enum class ProbeMethod {
  kSgd,           // the paper's: a linear classifier by stochastic gradient descent on the cross-entropy
  kLbfgs,         // the same classifier with an l2 penalty, to its optimum
  kLeastSquares,  // a linear map to one-hot labels with an l2 penalty (ridge regression), in closed form
  kNeighbours     // the labels of the nearest training items
};
std::string to_string(ProbeMethod method);                // "sgd", "lbfgs", "least-squares", "knn"
ProbeMethod probe_method_named(const std::string& name);  // throws Error(kUsage) listing the names

struct ProbeOptions {
  ProbeMethod method = ProbeMethod::kSgd;
  bool standardize = false;  // every dimension to mean 0 and deviation 1 over the training items
  std::uint64_t seed = 0;    // of SGD's order of items; the others draw nothing

  // SGD, from weights of zero, no weight decay. Paper Table 8 says all of it but the momentum.
  std::int64_t epochs = 100;
  std::int64_t batch_size = 512;
  double learning_rate = 0.1;
  double momentum = 0.9;

  // L-BFGS and least squares minimise mean loss + l2 / 2 |weights|^2, the bias left free; nothing: 1 / training items.
  std::optional<double> l2;
  std::int64_t iterations = 1000;  // L-BFGS, at most

  // Neighbours: each of the k of largest cosine adds exp((cosine - largest) / temperature) to its class.
  std::int64_t neighbours = 20;
  double temperature = 0.07;
};

// Throws Error(kUsage) naming the value that makes no sense.
void validate(const ProbeOptions& options);

}  // namespace tvts
