# Manuals and completions: written from what a program says for --help, so that they cannot know less than it does.
find_package(Python3 REQUIRED COMPONENTS Interpreter)

set(manuals ${PROJECT_BINARY_DIR}/manuals)
file(MAKE_DIRECTORY ${manuals})

# install_completion(SHELL NAME FILE): where each shell looks for it
function(install_completion shell name file)
  set(bash_file bash-completion/completions/${name})
  set(zsh_file zsh/vendor-completions/_${name})
  set(fish_file fish/vendor_completions.d/${name}.fish)
  cmake_path(GET ${shell}_file PARENT_PATH folder)
  cmake_path(GET ${shell}_file FILENAME as)
  install(FILES ${file} DESTINATION ${CMAKE_INSTALL_DATADIR}/${folder} RENAME ${as} COMPONENT programs)
endfunction()

# write_output(OUTPUT COMMAND script arguments... DEPENDS on...): what the script prints; a run that fails leaves no file
function(write_output output)
  cmake_parse_arguments(PARSE_ARGV 1 SCRIPT "" "" "COMMAND;DEPENDS")
  add_custom_command(OUTPUT ${output}
    COMMAND ${SCRIPT_COMMAND} >${output}.new
    COMMAND ${CMAKE_COMMAND} -E rename ${output}.new ${output}
    DEPENDS ${SCRIPT_DEPENDS})
endfunction()

# write_from_help(TARGET OUTPUT SCRIPT ARGUMENTS...): the script's output, new whenever the program or the script is
function(write_from_help target output script)
  write_output(${output} COMMAND ${script} ${ARGN}
    DEPENDS ${target} ${script} ${PROJECT_SOURCE_DIR}/tools/install/command_line.py)
endfunction()

# describe_program(TARGET [BY OTHER]): docs/man/TARGET.1.in and --help become a manual, and completions of three shells. BY
# names the target whose --help it is, if that is another one than TARGET itself.
function(describe_program target)
  cmake_parse_arguments(PARSE_ARGV 1 PROGRAM "" "BY" "")
  if(NOT PROGRAM_BY)
    set(PROGRAM_BY ${target})
  endif()
  set(template ${PROJECT_SOURCE_DIR}/docs/man/${target}.1.in)
  set(page ${manuals}/${target}.1)
  write_from_help(${PROGRAM_BY} ${page} ${PROJECT_SOURCE_DIR}/tools/install/manual $<TARGET_FILE:${PROGRAM_BY}> ${template})
  add_custom_command(OUTPUT ${page} DEPENDS ${template} APPEND)
  install(FILES ${page} DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT programs)
  foreach(shell bash zsh fish)
    set(file ${manuals}/${target}.${shell})
    write_from_help(${PROGRAM_BY} ${file} ${PROJECT_SOURCE_DIR}/tools/install/completion ${shell} $<TARGET_FILE:${PROGRAM_BY}>)
    install_completion(${shell} ${target} ${file})
    list(APPEND files ${file})
  endforeach()
  add_custom_target(${target}_manual ALL DEPENDS ${page} ${files})
endfunction()

# embed_completions(TARGET FILE): C++ constants with the completions that describe_program(TARGET) has written. The file is
# for including: a source of its own would tell where it was built.
function(embed_completions target output)
  set(script ${PROJECT_SOURCE_DIR}/tools/install/embed_completions)
  set(files ${manuals}/${target}.bash ${manuals}/${target}.fish ${manuals}/${target}.zsh)
  write_output(${output} COMMAND ${script} ${files} DEPENDS ${script} ${files})
endfunction()

install(FILES ${PROJECT_SOURCE_DIR}/docs/man/culvert-lab.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT programs)
foreach(shell bash zsh fish)
  install_completion(${shell} culvert-lab ${PROJECT_SOURCE_DIR}/tools/install/culvert-lab.${shell})
endforeach()
