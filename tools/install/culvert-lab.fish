# fish completion for culvert-lab, which it asks for its commands
set -l first 'test (count (commandline -opc)) -eq 1'
set -l second 'test (count (commandline -opc)) -eq 2; and __fish_seen_subcommand_from'
complete -c culvert-lab -f
complete -c culvert-lab -n $first -a "(culvert-lab help | string replace -rf '^  ([a-z]+) .*?  +(\S.*)\$' '\$1\t\$2')"
complete -c culvert-lab -n "$second exec shell watch" -a 'client isp server site'
complete -c culvert-lab -n "$second break" -a "(culvert-lab break | string split -f1 ' ')"
