import type { Command } from '../command.ts'
import { listArgumentWords, listFirstWords, listGroups, listOptionWords } from './words.ts'

export function formatBashCompletion(commands: readonly Command[]): string {
  const cases = commands.map((command) => {
    const words = listArgumentWords(command, commands).join(' ')
    return `    "${command.name} "*) words="${words}" options="${listOptionWords(command).join(' ')}" ;;`
  })
  const groups = listGroups(commands).map(
    ({ name, members }) => `    "${name} ") words="${members.join(' ')}" options="--help" ;;`,
  )
  const values = commands.flatMap(({ name, options }) =>
    Object.entries(options).flatMap(([option, { values }]) =>
      values ? [`    "${name} "*"--${option} ") words="${values.join(' ')}" ;;`] : [],
    ),
  )
  return `_parley() {
  local word="\${COMP_WORDS[COMP_CWORD]}" words="${listFirstWords(commands).join(' ')}" options="--help --version"
  [[ $COMP_CWORD -gt 1 ]] && case "\${COMP_WORDS[*]:1:COMP_CWORD-1} " in
${[...cases, ...groups].join('\n')}
    *) words="" options="" ;;
  esac
  case "\${COMP_WORDS[*]:1:COMP_CWORD-1} " in
${values.join('\n')}
  esac
  [[ $word == -* ]] && words=$options
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}
complete -o default -F _parley parley
`
}
