# shellcheck shell=bash
# bash completion for culvert-lab, which it asks for its commands
_culvert_lab() {
  local word=${COMP_WORDS[COMP_CWORD]} words=
  if [ "$COMP_CWORD" = 1 ]; then
    words=$(culvert-lab help | sed -n 's/^  \([a-z]\+\) .*/\1/p')
  elif [ "$COMP_CWORD" = 2 ]; then
    case ${COMP_WORDS[1]} in
      exec | shell | watch) words="client isp server site" ;;
      break) words=$(culvert-lab break | cut -d' ' -f1) ;;
    esac
  fi
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
}
complete -F _culvert_lab culvert-lab
