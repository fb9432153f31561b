import type { Command } from '../command.ts'
import { listArgumentWords, listGroups, quote } from './words.ts'

export function formatZshCompletion(commands: readonly Command[]): string {
  const groups = listGroups(commands)
  const names = [
    ...commands.filter(({ name }) => !name.includes(' ')).map(({ name, summary }) => `${name}:${summary}`),
    ...groups.map(({ name, members }) => `${name}:${members.join(', ')}`),
  ]
  const groupCases = groups.map(({ name, members }) => `    ${name}) members=(${members.join(' ')}) ;;`)
  const cases = commands.map(
    (command) => `    ${quote(command.name)}) _arguments ${formatSpecs(command, commands).join(' ')} ;;`,
  )
  return `#compdef parley
_parley() {
  local -a members commands=(
${names.map((name) => `    ${quote(name)}`).join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  local command=$words[2]
  case $command in
${groupCases.join('\n')}
  esac
  if (( $#members )); then
    if (( CURRENT == 3 )); then
      compadd -a members
      return
    fi
    command="$command $words[3]"
    shift words
    (( CURRENT-- ))
  fi
  shift words
  (( CURRENT-- ))
  case $command in
${cases.join('\n')}
  esac
}
compdef _parley parley
`
}

function formatSpecs(command: Command, commands: readonly Command[]): string[] {
  const specs = Object.entries(command.options).map(([name, { value, values, multiple, description }]) => {
    const choices = values ? `(${values.join(' ')})` : value === 'FILE' ? '_files' : ''
    const action = value === undefined ? '' : `:${value}:${choices}`
    return quote(`${multiple ? '*' : ''}--${name}[${description.replaceAll(/[[\]\\]/g, '\\$&')}]${action}`)
  })
  const words = listArgumentWords(command, commands)
  return [
    ...specs,
    quote('--help[Print this help]'),
    quote(words.length > 0 ? `1:word:(${words.join(' ')})` : '*:file:_files'),
  ]
}
