// Every form of tundump, on captures that are damaged: captures_abused [--keys KEYS] [--cuts N] [--flips N] [--part K/N] FILE...
// Each file is cut at N places, and N times a byte of it is changed by chance (by seed); then everything that tundump can do is
// done with it, in this process. Meant for a build with sanitizers. No control character may reach the output, and nothing may
// take a minute. A large file is taken in pieces, because what follows the damage tells nothing new.
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <csignal>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <sstream>

#include "cli/run_program.hpp"
#include "file_inputs.hpp"
#include "inspect/field_catalogue.hpp"
#include "options.hpp"
#include "session.hpp"
#include "signals.hpp"
#include "support/temporary_folder.hpp"

using namespace culvert;

namespace {

using Content = std::vector<std::uint8_t>;

struct Form {
  const char* words;          // as on the command line
  bool draws_colour = false;  // then there are escape sequences, which are ours
};

/// @W stands for a file to write, @F for every field that there is, @O for the undamaged file, @K for the key log.
constexpr Form forms[] = {
    {"-vvv -e -# -ttttt --nano -S -X -A --checksums=show --stats --repair --keylog @K"},
    {"-q -tttt -xx --inner --keylog @K"},
    {"-v -t --tree --explain --color=always --keylog @K", true},
    {"--bytes --explain -x --repair --keylog @K"},
    {"--draw --count ip or ip6"},
    {"--draw --keylog @K"},
    {"--json --repair --keylog @K"},
    {"--fields @F --header"},
    {"-w @W.pcap --print --inner-filter icmp --keylog @K"},
    {"-w @W.pcapng -C 1 -W 2 --repair --keylog @K"},
    {"--journey --diff -r whole=@O --keylog @K --html @W.html --svg @W.svg"},
    {"--html @W.html --svg @W.svg --keylog @K"},
};

std::string every_field() {
  std::string list;
  for (const auto& field : inspect::field_catalogue())
    list += (list.empty() ? "" : ",") + std::string{field.name};
  return list;
}

Content read_file(const std::string& path) {
  std::ifstream file{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{file}, {}};
}

void write_file(const std::string& path, Bytes content) {
  std::ofstream file{path, std::ios::binary};
  file.write(reinterpret_cast<const char*>(content.data()),
             static_cast<std::streamsize>(content.size()));
}

/// Tells of a byte that a terminal might obey; UTF-8 of ours passes, whose control characters are C2 80 to C2 9F.
std::optional<std::size_t> control_character(Bytes text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool plain = text[i] >= 0x20 && text[i] != 0x7f;
    const bool c1 = i > 0 && text[i - 1] == 0xc2 && text[i] >= 0x80 && text[i] < 0xa0;
    if ((!plain && text[i] != '\n' && text[i] != '\t') || c1) return i;
  }
  return std::nullopt;
}

double cpu_seconds() {
  timespec time{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

/// The share of the work that is this process's: every N-th damaged capture.
struct Part {
  std::size_t number = 1, of = 1;
};

/// tundump in this process: its standard output is kept, what it says on standard error is not.
class Abuse {
 public:
  Abuse(std::string keys, const std::string& folder, Part part)
      : keys_(std::move(keys)), folder_(folder), part_(part) {
    for (const Form& form : forms) options_.push_back(parsed(form));
    output_ = ::memfd_create("output", MFD_CLOEXEC);
    report_ = ::fdopen(::dup(STDOUT_FILENO), "w");
    ::dup2(output_, STDOUT_FILENO);
    stderr = std::fopen("/dev/null", "w");  // a sanitizer reports to the descriptor itself
  }

  void all_forms(const std::string& what, Bytes whole, Bytes damaged) {
    if (seen_++ % part_.of != part_.number - 1) return;
    write_file(folder_ + "/whole", whole);
    write_file(folder_ + "/damaged", damaged);
    ++variants_;
    const std::string hangs = what + ": hangs\n";
    time_limit(hangs);
    for (std::size_t i = 0; i < std::size(forms); ++i) {
      const double begin = cpu_seconds();
      one_form(what, forms[i], options_[i]);
      const double took = cpu_seconds() - begin;
      seconds_[i] += took;
      if (took > slowest_) {
        slowest_ = took;
        slowest_name_ = what + ", " + forms[i].words;
      }
    }
    ::alarm(0);
  }

  /// For who waits: after each file.
  void progress(const std::string& file) {
    fmt::print(report_, "{}: {} captures so far, {} failures, {:.0f} s of CPU time\n", file,
               variants_, failures_, cpu_seconds());
    std::fflush(report_);
  }

  int finish() {
    for (std::size_t i = 0; i < std::size(forms); ++i)
      fmt::print(report_, "{:7.1f} s  {}\n", seconds_[i], forms[i].words);
    fmt::print(report_, "slowest: {:.3f} s, {}\n", slowest_, slowest_name_);
    fmt::print(report_, "{} damaged captures, each in {} forms: {} MB of text, {} failures\n",
               variants_, std::size(forms), shown_ / 1'000'000, failures_);
    std::fclose(report_);
    return failures_ == 0 && shown_ > 0 ? 0 : 1;
  }

 private:
  /// Ends this process, with these words, unless the alarm is taken back within a minute.
  static void time_limit(const std::string& words) {
    static const std::string* last_words;
    last_words = &words;
    std::signal(SIGALRM, [](int) {
      [[maybe_unused]] const auto written =
          ::write(STDERR_FILENO, last_words->data(), last_words->size());
      ::_exit(1);
    });
    ::alarm(60);
  }

  std::vector<std::string> arguments(const Form& form) const {
    std::vector<std::string> words{"-r", "here=" + folder_ + "/damaged"};
    std::istringstream stream{form.words};
    for (std::string word; stream >> word;) {
      const auto at = word.find('@');
      if (at != std::string::npos) {
        const char kind = word[at + 1];
        word.replace(at, 2,
                     kind == 'F'   ? fields_
                     : kind == 'K' ? keys_
                     : kind == 'O' ? folder_ + "/whole"
                                   : folder_ + "/written");
      }
      words.push_back(std::move(word));
    }
    return words;
  }

  void one_form(const std::string& what, const Form& form, const tundump::Options& options) {
    ::ftruncate(output_, 0);
    ::lseek(output_, 0, SEEK_SET);
    const int status = run(options);
    const auto size = static_cast<std::size_t>(::lseek(output_, 0, SEEK_END));
    Content text(size);
    if (::pread(output_, text.data(), size, 0) != static_cast<ssize_t>(size))
      status_is_wrong(what, form, -1);
    shown_ += size;
    if (status < cli::done || status > cli::damaged_input) status_is_wrong(what, form, status);
    if (form.draws_colour) return;
    if (const auto at = control_character(text)) {
      ++failures_;
      fmt::print(report_, "{}, {}: control character {:#x} at byte {} of the output\n", what,
                 form.words, text[*at], *at);
    }
  }

  void status_is_wrong(const std::string& what, const Form& form, int status) {
    ++failures_;
    fmt::print(report_, "{}, {}: exit status {}\n", what, form.words, status);
  }

  /// Once for each form: reading a command line takes longer than a small capture.
  tundump::Options parsed(const Form& form) const {
    CLI::App app{"", "tundump"};
    tundump::Options options;
    add_options(app, options);
    auto words = arguments(form);
    std::reverse(words.begin(), words.end());  // as CLI11 wants them
    app.parse(words);
    check(options);
    return options;
  }

  /// What main() does.
  int run(const tundump::Options& options) {
    try {
      tundump::Session session{options};
      return read_files(session, options, signals_);
    } catch (const cli::UsageError&) {
      return cli::wrong_usage;  // such as a filter for a link type that there is not
    } catch (const std::runtime_error& error) {
      return *error.what() != '\0' ? cli::failed : -1;
    }
  }

  std::string keys_;
  std::string folder_;
  Part part_;
  std::string fields_ = every_field();
  std::vector<tundump::Options> options_;  // of each form
  tundump::Signals signals_;
  int output_;
  std::FILE* report_;
  std::size_t seen_ = 0;
  std::size_t variants_ = 0;
  std::size_t shown_ = 0;
  std::size_t failures_ = 0;
  std::array<double, std::size(forms)> seconds_{};
  double slowest_ = 0;
  std::string slowest_name_;
};

/// A large pcap file in pieces that are captures themselves: damage to one leaves the others as they are.
std::vector<Content> pieces(const Content& file) {
  constexpr std::size_t header = 24, record = 16, largest = 4096;
  const bool little = file.size() > header && load_le32(Bytes{file}.first<4>()) == 0xa1b2c3d4;
  if (file.size() <= 2 * largest || !little) return {file};
  std::vector<Content> result;
  std::size_t begin = header;
  for (std::size_t at = header; at < file.size();) {
    const std::size_t next = at + record + load_le32(Bytes{file}.subspan(at + 8).first<4>());
    if (next - begin > largest || next >= file.size()) {
      result.emplace_back(file.begin(), file.begin() + header);
      result.back().insert(result.back().end(), file.begin() + static_cast<std::ptrdiff_t>(begin),
                           file.begin() + static_cast<std::ptrdiff_t>(std::min(next, file.size())));
      begin = next;
    }
    at = next;
  }
  return result;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"Every form of tundump, on damaged captures"};
  std::string keys = "/dev/null";
  std::size_t cuts = 3, flips = 5;
  std::string part_text = "1/1";
  std::vector<std::string> files;
  app.add_option("--keys", keys);
  app.add_option("--cuts", cuts);
  app.add_option("--flips", flips);
  app.add_option("--part", part_text);
  app.add_option("FILE", files)->required()->check(CLI::ExistingFile);
  CLI11_PARSE(app, argc, argv);
  Part part;
  if (std::sscanf(part_text.c_str(), "%zu/%zu", &part.number, &part.of) != 2 || part.number < 1 ||
      part.number > part.of) {
    fmt::print(stderr, "--part: expected for example 1/2, found '{}'\n", part_text);
    return 2;
  }

  const test::TemporaryFolder folder;
  Abuse abuse{keys, folder.path(""), part};
  std::mt19937 random{1};
  for (const std::string& file : files) {
    const std::string name = std::filesystem::path{file}.filename();
    const auto of_file = pieces(read_file(file));
    for (std::size_t i = 0; i < cuts; ++i) {
      const Content& piece = of_file[i % of_file.size()];
      const std::size_t size = piece.size() * i / cuts;
      abuse.all_forms(fmt::format("{} cut to {}", name, size), piece, Bytes{piece}.first(size));
    }
    for (std::size_t i = 0; i < flips; ++i) {
      const Content& piece = of_file[random() % of_file.size()];
      Content damaged = piece;
      const std::size_t at = random() % damaged.size();
      damaged[at] = static_cast<std::uint8_t>(damaged[at] ^ (1 + random() % 255));
      abuse.all_forms(fmt::format("{} with byte {} changed", name, at), piece, damaged);
    }
    abuse.progress(name);
  }
  return abuse.finish();
}
