# The words in which the build files are written: one call per room, chapter, tool and test.

find_package(fmt REQUIRED)
find_package(tl-expected REQUIRED)
find_package(Threads REQUIRED)

set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin)

# What every target of ours is built with. It is linked PRIVATE, so it never reaches a user of the installed library.
add_library(culvert_build_flags INTERFACE)
target_compile_features(culvert_build_flags INTERFACE cxx_std_20)
if(CULVERT_STRICT)
  target_compile_options(culvert_build_flags INTERFACE
    -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wold-style-cast -Wcast-align
    -Wnon-virtual-dtor -Woverloaded-virtual -Wformat=2 -Wimplicit-fallthrough
    -Wundef -Werror
    # g++ 12 at -O3 follows paths into the standard library that no caller takes, and finds null pointers there.
    $<$<NOT:$<CONFIG:Release>>:-Wnull-dereference>
    # And copies of 2^63 bytes in joining strings, or behind the end of a vector that has just grown.
    $<$<AND:$<CXX_COMPILER_ID:GNU>,$<CONFIG:Release>>:
      -Wno-restrict -Wno-array-bounds -Wno-stringop-overflow -Wno-stringop-overread -Wno-maybe-uninitialized>)
endif()
# For code that is not done: a wrong solution is wrong on purpose, a skeleton does not use yet what it is given.
# A library of its own, linked after the flags above: clang obeys whichever of two warning options comes last.
add_library(culvert_unfinished_flags INTERFACE)
target_compile_options(culvert_unfinished_flags INTERFACE -Wno-unused -Wno-unused-parameter)
if(CULVERT_SANITIZE)
  target_compile_options(culvert_build_flags INTERFACE
    -fsanitize=${CULVERT_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(culvert_build_flags INTERFACE -fsanitize=${CULVERT_SANITIZE})
endif()
if(CULVERT_FUZZ)
  target_compile_options(culvert_build_flags INTERFACE -fsanitize=fuzzer-no-link)  # counts branches, brings no main()
  target_link_options(culvert_build_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()

# add_room(NAME SOURCES a.cpp... HEADERS a.hpp... USES culvert::base...)
# One static library, culvert::NAME, out of the folder common/NAME. A room without sources is header-only.
function(add_room name)
  cmake_parse_arguments(PARSE_ARGV 1 ROOM "" "" "SOURCES;HEADERS;USES;NEEDS")
  set(target culvert_${name})
  if(ROOM_SOURCES)
    add_library(${target} STATIC ${ROOM_SOURCES})
    set(scope PUBLIC)
    target_link_libraries(${target} PRIVATE $<BUILD_INTERFACE:culvert_build_flags>)
    set_target_properties(${target} PROPERTIES CXX_EXTENSIONS OFF)
  else()
    add_library(${target} INTERFACE)
    set(scope INTERFACE)
  endif()
  add_library(culvert::${name} ALIAS ${target})
  target_compile_features(${target} ${scope} cxx_std_20)
  target_link_libraries(${target} ${scope} ${ROOM_USES} ${ROOM_NEEDS})
  target_sources(${target} ${scope} FILE_SET HEADERS
    BASE_DIRS ${PROJECT_SOURCE_DIR}/common FILES ${ROOM_HEADERS})
  set_target_properties(${target} PROPERTIES
    EXPORT_NAME ${name}
    VERIFY_INTERFACE_HEADER_SETS ON)  # every header compiles alone: target all_verify_interface_header_sets
  set_property(GLOBAL APPEND PROPERTY CULVERT_ROOMS ${target})
endfunction()

# An executable with our flags. INSTALL puts it under the given folder of the prefix.
function(add_culvert_program target)
  cmake_parse_arguments(PARSE_ARGV 1 PROGRAM "" "INSTALL" "SOURCES;USES")
  add_executable(${target} ${PROGRAM_SOURCES})
  target_link_libraries(${target} PRIVATE ${PROGRAM_USES} culvert_build_flags)
  set_target_properties(${target} PROPERTIES CXX_EXTENSIONS OFF)
  if(PROGRAM_INSTALL)
    install(TARGETS ${target} RUNTIME DESTINATION ${PROGRAM_INSTALL} COMPONENT programs)
  endif()
endfunction()

# add_chapter(NN-name [PROGRAM name] [SOURCES more.cpp...] USES culvert::wire...): the program chapters/NN-name/main.cpp
# becomes bin/NN-name, or with PROGRAM an installed program of that name.
function(add_chapter name)
  cmake_parse_arguments(PARSE_ARGV 1 CHAPTER "" "PROGRAM" "SOURCES;USES")
  set(folder ${name})
  set(destination ${CMAKE_INSTALL_LIBDIR}/culvert/chapters)
  if(CHAPTER_PROGRAM)
    set(name ${CHAPTER_PROGRAM})
    set(destination ${CMAKE_INSTALL_BINDIR})
  endif()
  list(TRANSFORM CHAPTER_SOURCES PREPEND ${folder}/)
  add_culvert_program(${name} SOURCES ${folder}/main.cpp ${CHAPTER_SOURCES} USES ${CHAPTER_USES}
    INSTALL ${destination})
endfunction()

# add_exercise(NAME CHAPTER NN-name USES culvert::wire... WRONG carry...)
# The exercise in chapters/NN-name/exercise/NAME: one test, linked with each solution that there is. The object of a solution
# stands before the archives, so its function takes the place of the library's; the reference has none and gets that one.
# The test exercise.NN-NAME proves that skeleton and wrong solutions fail by their cause and that the reference passes.
function(add_exercise name)
  cmake_parse_arguments(PARSE_ARGV 1 EXERCISE "" "CHAPTER" "USES;WRONG")
  string(SUBSTRING ${EXERCISE_CHAPTER} 0 2 number)
  if(NOT BUILD_TESTING)
    return()
  endif()
  set(exercise exercise_${number}_${name})
  set(folder ${EXERCISE_CHAPTER}/exercise/${name})
  string(REPLACE - _ test ${name})
  add_library(${exercise} OBJECT ${folder}/${test}_test.cpp)
  target_link_libraries(${exercise} PRIVATE culvert_exercise ${EXERCISE_USES} culvert_build_flags)
  set_target_properties(${exercise} PROPERTIES CXX_EXTENSIONS OFF)

  list(TRANSFORM EXERCISE_WRONG PREPEND wrong_)
  foreach(solution reference skeleton ${EXERCISE_WRONG})
    set(source ${folder}/${solution}.cpp)
    if(solution STREQUAL reference)
      set(source "")
    endif()
    add_solution(${exercise} ${solution} "${source}" "${EXERCISE_USES}")
    target_link_libraries(${exercise}_${solution} PRIVATE culvert_build_flags culvert_unfinished_flags)
  endforeach()

  list(TRANSFORM EXERCISE_WRONG PREPEND ${exercise}_)
  add_custom_target(${exercise}_proof DEPENDS ${exercise}_reference ${exercise}_skeleton ${EXERCISE_WRONG})

  # The learner's own: never built by itself. tools/lab check takes its commands; warnings stay warnings.
  set(source ${PROJECT_SOURCE_DIR}/chapters/${folder}/student.cpp)
  set_source_files_properties(${source} PROPERTIES GENERATED TRUE)  # it need not be there yet
  add_solution(${exercise} student ${source} "${EXERCISE_USES}")
  target_compile_options(${exercise}_student PRIVATE -Wall -Wextra)
  if(CULVERT_SANITIZE)
    target_compile_options(${exercise}_student PRIVATE -fsanitize=${CULVERT_SANITIZE} -fno-sanitize-recover=all)
    target_link_options(${exercise}_student PRIVATE -fsanitize=${CULVERT_SANITIZE})
  endif()
  set_target_properties(${exercise}_student PROPERTIES EXCLUDE_FROM_ALL ON)

  add_script_test(exercise.${number}-${name}
    COMMAND ${PROJECT_SOURCE_DIR}/tests/exercises/prove ${CMAKE_CURRENT_SOURCE_DIR}/${folder} ${number}
    LABELS exercise)
endfunction()

# One solution of an exercise, as the program exercises/NN_NAME/SOLUTION of the build folder.
function(add_solution exercise solution source uses)
  add_executable(${exercise}_${solution} ${source} $<TARGET_OBJECTS:${exercise}>)
  target_link_libraries(${exercise}_${solution} PRIVATE culvert_exercise ${uses})
  string(REPLACE exercise_ "" folder ${exercise})
  set_target_properties(${exercise}_${solution} PROPERTIES
    CXX_EXTENSIONS OFF
    OUTPUT_NAME ${solution}
    RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/exercises/${folder})
endfunction()

# add_tool(NAME SOURCES main.cpp... USES culvert::wire...): an installed program of tools/.
function(add_tool name)
  add_culvert_program(${name} ${ARGN} INSTALL ${CMAKE_INSTALL_BINDIR})
endfunction()

# add_unit_test(NAME SOURCES a_test.cpp... USES culvert::wire...)
function(add_unit_test name)
  cmake_parse_arguments(PARSE_ARGV 1 TEST "" "" "SOURCES;USES")
  add_culvert_program(${name}_test SOURCES ${TEST_SOURCES} USES ${TEST_USES} culvert_catch)
  add_test(NAME unit.${name} COMMAND ${name}_test)
  set_tests_properties(unit.${name} PROPERTIES LABELS unit TIMEOUT 120)
endfunction()

# add_script_test(NAME COMMAND program args... LABELS root lab): exit status 77 means "skipped, the reason is printed".
function(add_script_test name)
  cmake_parse_arguments(PARSE_ARGV 1 TEST "" "TIMEOUT" "COMMAND;LABELS")
  if(NOT TEST_TIMEOUT)
    set(TEST_TIMEOUT 120)
  endif()
  add_test(NAME ${name} COMMAND ${TEST_COMMAND} WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  set_tests_properties(${name} PROPERTIES
    LABELS "${TEST_LABELS}" TIMEOUT ${TEST_TIMEOUT} SKIP_RETURN_CODE 77
    ENVIRONMENT "CULVERT_BIN=${CMAKE_RUNTIME_OUTPUT_DIRECTORY};CULVERT_BUILD=${PROJECT_BINARY_DIR}")
  if("root" IN_LIST TEST_LABELS)
    # Labs share one kernel and two cores: one at a time keeps their timing honest.
    set_tests_properties(${name} PROPERTIES RESOURCE_LOCK lab)
  endif()
endfunction()
