#compdef culvert-lab
# asks culvert-lab for its commands
local -a commands
if (( CURRENT == 2 )); then
  commands=(${(f)"$(culvert-lab help | sed -n 's/^  \([a-z]\+\) .*  \+\(.*\)/\1:\2/p')"})
  _describe command commands
elif (( CURRENT == 3 )); then
  case $words[2] in
    exec | shell | watch) compadd client isp server site ;;
    break) compadd ${(f)"$(culvert-lab break | cut -d' ' -f1)"} ;;
  esac
fi
