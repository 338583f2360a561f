# What a learner does in the lab of two machines: the demo, tutorials, and exercises that are compiled there.
# shellcheck shell=bash source=machine.sh disable=SC2154  # sources and work are two_machines_test's

portrait() {
  local host
  for host in client server; do
    # shellcheck disable=SC2016  # the shell over there expands it
    lab exec $host -- sh -c 'ip -brief addr show; ip route show table all; ip rule; nft list ruleset; cat /etc/resolv.conf
      ls $CULVERT_STATE'
  done | sed -e 's/ expires [0-9]*sec//' -e '/anycast\|multicast/d' -e '/^broken$/d' # that is the faults of before
}
is_as_before() { diff "$work/portrait" <(portrait); }
tells() { grep -q "^$1" "$work/story"; }

portrait >"$work/portrait"
claim "the demo tells its story on two machines" lab demo
claim "and leaves the lab as it found it" is_as_before
LAB=vagrant CULVERT_LAB='' CULVERT_REACH="$work/reach" "$tool" demo >"$work/story" 2>&1 &
demo=$! # the program itself, which gets the signal
claim "a second demo comes to the door" eventually tells "2\."
kill -TERM $demo
wait $demo || true
claim "an interrupted demo leaves a lab like the one it found" eventually is_as_before

for chapter in 01-interfaces 02-tun-dump 06-all-traffic; do
  claim "the tutorial of $chapter is true on two machines" tutorial $chapter
done

# An exercise, in a copy of the sources, compiled on the client's machine.
mkdir "$work/learner"
tar -C "$sources" --exclude=./build --exclude=./dist --exclude=./.git -cf - . | tar -C "$work/learner" -xf -
learner_lab() { LAB=vagrant CULVERT_LAB='' CULVERT_REACH="$work/reach" CULVERT_COMPILE=there "$work/learner/tools/lab" "$@"; }
exercise=$work/learner/chapters/03-ping-reply/exercise/checksum
claim "check says how to begin" says "Begin with" learner_lab check 03 checksum
cp "$exercise/wrong_carry_once.cpp" "$exercise/student.cpp"
claim "check finds a mistake there" says "A hint: tools/lab check" learner_lab check 03 checksum
cp "$sources/common/wire/checksum.cpp" "$exercise/student.cpp"
claim "and a right solution right" says "It does what it should." learner_lab check 03 checksum
claim "progress knows of it" says "checksum" learner_lab progress
rm "$exercise/student.cpp"
claim "what is removed here is removed there" says "Begin with" learner_lab check 03 checksum
claim "live runs there too" says "not written yet" learner_lab live 04
claim "attack runs there too" says "usage: tools/lab attack" learner_lab attack --help
claim "play of one host goes to its machine" says "runs on the server's machine" learner_lab play 05 --on server --help
claim "play of both ends says why not" fails_saying "stand on two machines" learner_lab play vpn
claim "grade says why not" fails_saying "without LAB=vagrant" learner_lab grade x
claim "check --watch says why not" fails_saying "does not change when you save" learner_lab check 03 --watch
