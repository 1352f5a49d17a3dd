#include "tvts/media/inputs/npz.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <ctime>

#include "tests/support/numpy.h"
#include "tests/support/temporary_folder.h"
#include "tvts/core/error.h"

namespace tvts {
namespace {

using test::TemporaryFolder;

const std::vector<float> kSix = {0, 1, 2, 3, 4, 5};

std::vector<NpzEntry> entries() {
  return {{.name = "frames", .shape = {2, 3}, .values = kSix}, {.name = "tokens", .shape = {6}, .values = kSix}};
}

TEST(Npz, NumpyReadsIt) {
  TVTS_SKIP_WITHOUT_NUMPY();
  const TemporaryFolder folder;
  write_npz(folder / "a.npz", entries());
  const std::string script = R"(
import sys, numpy, zipfile
assert zipfile.ZipFile(sys.argv[1]).testzip() is None
file = numpy.load(sys.argv[1])
print(file.files, file["frames"].tolist(), file["tokens"].dtype, file["tokens"].shape)
)";
  EXPECT_EQ(test::run_python(script, folder / "a.npz"),
            "['frames', 'tokens'] [[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]] float32 (6,)\n");
}

TEST(Npz, EqualEntriesGiveEqualBytesWhateverTheTimeZone) {
  const TemporaryFolder folder;
  write_npz(folder / "a.npz", entries());
  ::setenv("TZ", "Pacific/Kiritimati", 1);
  ::tzset();
  write_npz(folder / "b.npz", entries());
  ::unsetenv("TZ");
  ::tzset();
  EXPECT_EQ(test::read_text(folder / "a.npz"), test::read_text(folder / "b.npz"));
}

TEST(Npz, AFolderThatIsNotThereIsAnError) {
  const TemporaryFolder folder;
  EXPECT_THROW(write_npz(folder / "no/a.npz", entries()), Error);
}

}  // namespace
}  // namespace tvts
