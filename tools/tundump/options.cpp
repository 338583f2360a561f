#include "options.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <iterator>
#include <map>
#include <system_error>

#include "cli/run_program.hpp"
#include "input_name.hpp"
#include "io/account.hpp"

namespace culvert::tundump {
namespace {

struct Refused {
  const char* letter;
  const char* reason;
};

/// Letters of tcpdump that we refuse, and why.
constexpr Refused refused[] = {
    {"-E", "use --keylog"},
    {"-I", "no radio here"},
    {"-J", "no adapter time stamps here"},
    {"-j", "no adapter time stamps here"},
    {"-H", "no radio here"},
    {"-V", "repeat -r"},
    {"-m", "not supported"},
    {"-M", "not supported"},
    {"-T", "not supported"},
    {"-z", "not supported"},
    {"-f", "not supported"},
    {"-N", "not supported"},
    {"-b", "not supported"},
};

/// One of a few words; the error names them all.
template <class Value>
CLI::Validator choice(const std::map<std::string, Value>& values) {
  std::string words;
  for (const auto& [word, value] : values) words += (words.empty() ? "" : ", ") + word;
  return {[values, words](std::string& text) {
            const auto found = values.find(text);
            if (found == values.end()) return fmt::format("'{}' is none of {}", text, words);
            text = std::to_string(static_cast<int>(found->second));
            return std::string{};
          },
          "{" + words + "}"};
}

/// As tcpdump has it: -s 0 is what there would be without -s.
CLI::Validator zero_is_default(std::uint32_t usual) {
  return {[usual](std::string& text) {
            if (text == "0") text = std::to_string(usual);
            return std::string{};
          },
          ""};
}

void add_sources(CLI::App& app, Options& options) {
  app.add_option("-i,--interface", options.devices,
                 "capture live from this device (any: all of them); may be repeated")
      ->type_name("[LABEL=][NETNS/]DEVICE")
      ->allow_extra_args(false);
  app.add_option("-r,--read", options.files,
                 "read packets from this pcap or pcapng file, - is standard input; may be repeated")
      ->type_name("[LABEL=]FILE")
      ->allow_extra_args(false);
  app.add_flag("--repair", options.repair,
               "behind damage in a file, look for the next packet and go on");
  app.add_flag("-D,--list-interfaces", options.list_devices,
               "list the devices that can be captured from");
  app.add_flag("-L,--list-data-link-types", options.list_link_types,
               "list the link types in which a device can give its packets");
  app.add_option("-y,--linktype", options.link_type, "capture, or compile for, this link type")
      ->type_name("LINKTYPE");
  app.add_option("FILTER", options.filter_words,
                 "which packets, in the language of pcap-filter(7)");
  app.add_option("-F,--filter-file", options.filter_file, "read the filter expression from a file")
      ->type_name("FILE");
  app.add_flag("-d", options.show_filter,
               "print the compiled filter in words (-dd: in C, -ddd: in numbers)");
}

void add_capturing(CLI::App& app, Options& options) {
  static const std::map<std::string, capture::Direction> directions{
      {"in", capture::Direction::in},
      {"out", capture::Direction::out},
      {"inout", capture::Direction::both}};
  app.add_option("-s,--snapshot-length", options.snap_length, "bytes to keep of each packet")
      ->capture_default_str()
      ->transform(zero_is_default(options.snap_length))
      ->check(cli::number_up_to(262144));
  app.add_option("-B,--buffer-size", options.buffer_kib, "size of the kernel's buffer")
      ->type_name("KIB")
      ->check(cli::number_up_to(1048576));
  app.add_option("-Q,--direction", options.direction, "only packets that come in, or that go out")
      ->transform(choice(directions))
      ->type_name("");
  app.add_flag("-p,--no-promiscuous-mode", options.no_promiscuous,
               "only packets meant for this machine");
  app.add_flag_callback(
      "--immediate,--immediate-mode", [] {}, "accepted: packets are always shown at once");
}

void add_amounts(CLI::App& app, Options& options) {
  app.add_option("-c", options.count, "stop after COUNT packets")
      ->type_name("COUNT")
      ->check(cli::positive_number());
  app.add_option("--skip", options.skip, "leave the first COUNT packets out")
      ->type_name("COUNT")
      ->check(cli::positive_number());
  app.add_flag("--count", options.only_count, "print how many packets there are, and nothing else");
  app.add_option("-w,--write", options.write,
                 "write packets to this file instead (*.pcapng: as pcapng)")
      ->type_name("FILE");
  app.add_flag("-U,--packet-buffered", options.packet_buffered,
               "with -w: flush the file after each packet");
  app.add_flag("--print", options.print_too, "with -w: print them too");
  app.add_flag("--stats", options.statistics,
               "at the end: packets and bytes by protocol and conversation, on standard error");
  app.add_flag("-l", options.line_buffered, "flush after each packet");
}

void add_rotation(CLI::App& app, Options& options) {
  app.add_option("-C", options.file_megabytes,
                 "with -w: once a file has so many million bytes, go on in FILE1, FILE2 ...")
      ->type_name("MB")
      ->check(cli::positive_number());
  app.add_option("-G", options.file_seconds,
                 "with -w: after so many seconds, go on in another file; FILE is a pattern of "
                 "strftime(3)")
      ->type_name("SECONDS")
      ->check(cli::positive_number());
  app.add_option("-W", options.file_count,
                 "with -C: at most so many files, then the first again; with -G alone: then stop")
      ->type_name("COUNT")
      ->check(cli::positive_number());
  app.add_option("-Z,--relinquish-privileges", options.user,
                 "once everything is open, go on as this user")
      ->type_name("USER");
}

void add_looks(CLI::App& app, Options& options) {
  static const std::map<std::string, cli::ColourChoice> choices{
      {"auto", cli::ColourChoice::automatic},
      {"always", cli::ColourChoice::always},
      {"never", cli::ColourChoice::never}};
  app.add_flag("-v", options.verbosity, "more of each packet: IP header fields, wrong checksums");
  app.add_flag("-e", options.link_header, "link-layer header too");
  app.add_flag("-q", options.quiet, "less: addresses, protocol, length");
  app.add_flag("-S,--absolute-tcp-sequence-numbers", options.absolute_sequences,
               "TCP numbers as on the wire, not from their conversation's beginning");
  app.add_flag("-x", options.hex, "hex dump (-xx: with link header)");
  app.add_flag("-X", options.hex_and_text, "hex dump and text (-XX: with link header)");
  app.add_flag("-A", options.text, "packet data as text");
  const auto add_form = [&](const char* name, Form form, const char* help) {
    app.add_flag_callback(
           name, [&options, form] { options.form = form; }, help)
        ->trigger_on_parse();
  };
  add_form("--tree", Form::tree, "every layer and every field, one a line");
  add_form("--bytes", Form::bytes, "hex in which every byte is named, and marked by its layer");
  add_form("--draw", Form::draw,
           "each header as the RFCs draw it, filled with this packet's values");
  add_form("--json", Form::json, "one JSON object a line, for other programs");
  app.add_option_function<std::string>(
         "--fields",
         [&options](const std::string& list) {
           options.fields = list;
           options.form = Form::fields;
         },
         "these fields, tab-separated: ipv4.src,udp.dst_port")
      ->type_name("LIST")
      ->trigger_on_parse();
  app.add_flag("--header", options.header, "with --fields: their names in the first line");
  app.add_flag("--explain", options.explain,
               "the tree, with a sentence for each field; also behind --bytes or --draw");
  app.add_flag("-#,--number", options.number, "number the packets");
  app.add_flag("-t", options.time_form,
               "no time stamps; -tt: seconds since 1970; -ttt: since the packet before; -tttt: "
               "with the date; -ttttt: "
               "since the first packet");
  app.add_flag("--nano", options.nanoseconds, "nine digits behind the seconds");
  app.add_option("--color,--colour", options.colour, "colours: auto (on a terminal), always, never")
      ->transform(choice(choices))
      ->type_name("");
  app.add_flag_callback(
         "--names", [&options] { options.names = true; },
         "look up the names of hosts and ports for the line: that sends packets itself")
      ->trigger_on_parse();
  app.add_flag_callback(
         "-n", [&options] { options.names = false; },
         "addresses and ports as numbers, as they are without --names")
      ->trigger_on_parse();
  app.add_flag_callback(
         "-u", [] {}, "accepted, without effect")
      ->group("");
  app.add_flag_callback(
         "-O", [] {}, "accepted, without effect")
      ->group("");
}

void add_checksums(CLI::App& app, Options& options) {
  static const std::map<std::string, Checksums> choices{
      {"bad", Checksums::bad}, {"show", Checksums::show}, {"off", Checksums::off}};
  app.add_option("--checksums", options.checksums,
                 "bad: mention wrong ones; show: with the arithmetic; off: do not look")
      ->transform(choice(choices))
      ->type_name("");
  app.add_flag_callback(
      "-K,--dont-verify-checksums", [&options] { options.checksums = Checksums::off; },
      "the same as --checksums=off");
}

void add_tunnels(CLI::App& app, Options& options) {
  app.add_option("--keylog", options.key_log,
                 "open WireGuard's packets with the keys in this file (else $TUNKEYLOGFILE)")
      ->type_name("FILE")
      ->envname("TUNKEYLOGFILE");
  app.add_flag("--inner", options.inner,
               "show, and write, the packet inside a tunnel instead of the one around it");
  app.add_option("--inner-filter", options.inner_filter,
                 "only packets in whose tunnel there is such a packet")
      ->type_name("EXPRESSION");
}

void add_journeys(CLI::App& app, Options& options) {
  app.add_flag("--journey", options.journey,
               "each packet's way past all inputs as one story: needs two or more with labels");
  app.add_flag("--diff", options.diff,
               "with --journey: what changed from each place to the next; --diff=A,B: what is "
               "different between packet A and packet B");
  app.add_option("--html", options.html,
                 "write the packets, or their journeys, as a page that needs nothing else")
      ->type_name("FILE");
  app.add_option("--svg", options.svg, "write the same as a picture")->type_name("FILE");
}

void add_help_on_fields(CLI::App& app, Options& options) {
  app.add_option("--list-fields", options.list_fields, "name every field, or those of one layer")
      ->type_name("[LAYER]")
      ->expected(0, 1);
  app.add_option("--explain-field", options.explain_field,
                 "what this field is, where it lies, what it is for")
      ->type_name("NAME");
}

void add_completion(CLI::App& app, Options& options) {
  const std::map<std::string, Shell> shells{
      {"bash", Shell::bash}, {"fish", Shell::fish}, {"zsh", Shell::zsh}};
  app.add_option("--completion", options.completion,
                 "print what makes this shell complete tundump's command line")
      ->transform(choice(shells))
      ->type_name("");
}

}  // namespace

void add_options(CLI::App& app, Options& options) {
  add_sources(app, options);
  add_capturing(app, options);
  add_amounts(app, options);
  add_rotation(app, options);
  add_looks(app, options);
  add_checksums(app, options);
  add_tunnels(app, options);
  add_journeys(app, options);
  add_help_on_fields(app, options);
  add_completion(app, options);
  for (const Refused& each : refused) {
    app.add_flag_callback(
           each.letter,
           [each] { throw cli::UsageError(fmt::format("{}: {}", each.letter, each.reason)); })
        ->group("");
  }
}

namespace {

std::vector<std::string> labels(const Options& options) {
  std::vector<std::string> all;
  for (const std::string& each : options.files) all.push_back(parse_file_name(each).label);
  for (const std::string& each : options.devices) all.push_back(parse_device_name(each).label);
  std::erase(all, "");
  return all;
}

void check_journey(const Options& options) {
  auto names = labels(options);
  if (names.size() < 2) {
    throw cli::UsageError(
        "--journey: needs at least two labelled inputs, for example -r client=a.pcap -r "
        "wire=b.pcap");
  }
  std::ranges::sort(names);
  if (const auto twice = std::ranges::adjacent_find(names); twice != names.end())
    throw cli::UsageError(fmt::format("--journey: two inputs have the label '{}'", *twice));
  if (options.form != Form::line) {
    throw cli::UsageError(
        "--journey: tells stories; --tree, --bytes, --draw, --json and --fields show packets: one "
        "or the other");
  }
}

void check_pictures(const Options& options) {
  if (options.html == "-" || options.svg == "-") {
    throw cli::UsageError(
        "--html and --svg: need a file's name; to standard output go the packets");
  }
}

void check_link_type(const Options& options) {
  if (!options.link_type.empty() && !capture::link_type_by_name(options.link_type))
    throw cli::UsageError(fmt::format("-y: there is no link type '{}'", options.link_type));
}

/// Before anything is opened: the word behind --fields may have been meant as the next option.
void check_fields(const Options& options) {
  if (options.fields.starts_with('-'))
    throw cli::UsageError(fmt::format("--fields: needs a LIST before {}", options.fields));
}

void check_rotation(const Options& options) {
  const bool rotates = options.file_megabytes > 0 || options.file_seconds > 0;
  if (rotates && (options.write.empty() || options.write == "-"))
    throw cli::UsageError("-C and -G: go with -w FILE, of which they make several");
  if (options.file_count > 0 && !rotates)
    throw cli::UsageError("-W: goes with -C or -G, whose files it counts");
  if (!options.user.empty() && !io::find_account(options.user))
    throw cli::UsageError(fmt::format("-Z: there is no user '{}'", options.user));
}

}  // namespace

void check(const Options& options) {
  check_rotation(options);
  if (!options.devices.empty() && !options.files.empty()) {
    throw cli::UsageError("-i and -r exclude each other: a live device, or a file");
  }
  if (options.journey) check_journey(options);
  check_pictures(options);
  check_link_type(options);
  check_fields(options);
  if (!options.diff.empty() && options.journey == (options.diff != "true"))
    throw cli::UsageError("--diff: goes with --journey, --diff=A,B without");
  if (!options.filter_file.empty() && !options.filter_words.empty()) {
    throw cli::UsageError("-F and a filter on the command line exclude each other");
  }
}

std::string filter_expression(const Options& options) {
  if (options.filter_file.empty()) return fmt::format("{}", fmt::join(options.filter_words, " "));
  std::ifstream file{options.filter_file};
  if (!file) throw std::system_error(errno, std::generic_category(), options.filter_file);
  return {std::istreambuf_iterator<char>{file}, {}};
}

}  // namespace culvert::tundump
