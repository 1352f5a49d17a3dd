// The forms of annotations on the disk. Each has a rule that recognises it, and a reader.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "tvts/evaluate/benchmarks/annotation_file.h"
#include "tvts/evaluate/benchmarks/open_benchmark.h"
#include "tvts/evaluate/benchmarks/video_files.h"

namespace tvts {

struct FormInput {
  const BenchmarkOptions& options;
  const AnnotationFile& annotation;
  VideoFiles& videos;
  const std::vector<std::string>& folders;  // in which files beside the annotation are looked for
};

struct AnnotationForm {
  std::string name;
  std::vector<AnnotationShape> shapes;
  std::string marker;                 // stands somewhere in the text; empty: nothing is requested
  std::vector<std::string> patterns;  // of file names, best first; of a folder: of the files in it
  // Fills in all but name, task and form; the annotation itself need not be added to `files`.
  std::function<void(const FormInput& input, Benchmark& benchmark)> read;
};

std::vector<AnnotationForm> msrvtt_forms();
std::vector<AnnotationForm> didemo_forms();
std::vector<AnnotationForm> lsmdc_forms();
std::vector<AnnotationForm> webvid_forms();
std::vector<AnnotationForm> hmdb51_forms(int split, BenchmarkPart part);
std::vector<AnnotationForm> ucf101_forms(int split, BenchmarkPart part);
std::vector<AnnotationForm> k400_forms(BenchmarkPart part);
std::vector<AnnotationForm> ssv2_mc_forms();
std::vector<AnnotationForm> own_forms(BenchmarkTask task);

// One object a line: the video in `name_field`, "options", "answer".
void read_choices(const FormInput& input, Benchmark& benchmark, const std::string& name_field);

// SSV2's official validation list and labels: the right sentence, and one drawn sentence of each other class.
void read_ssv2_official(const FormInput& input, Benchmark& benchmark);

// The first of these files that is in one of the folders, by patterns as in fnmatch(3), best first; empty: none.
// Throws Error(kInput) when a pattern fits several files of one folder.
std::string find_beside(const std::vector<std::string>& folders, const std::vector<std::string>& patterns);

}  // namespace tvts
