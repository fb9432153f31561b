import type { Command } from './command.ts'
import { exit, UsageError } from './exit.ts'

/** `parley completion`: commands, their options and the words that they take, else files. Gives the exit code. */
export function completion(shell: string, commands: readonly Command[]): number {
  const script = { bash, zsh }[shell]
  if (!script) throw new UsageError(`Completion for "${shell}" is not known; for bash and zsh it is.`)
  process.stdout.write(script(commands))
  return exit.done
}

/** `bash|zsh`: the words that may stand there. */
const wordsOf = ({ operands }: Command): string[] =>
  operands.filter((one) => /^\w+\|/.test(one)).flatMap((one) => one.split('|'))

const optionsOf = ({ options }: Command): string[] => [...Object.keys(options), 'help'].map((name) => `--${name}`)

function bash(commands: readonly Command[]): string {
  const cases = commands.map(
    (command) =>
      `    ${command.name}) words="${wordsOf(command).join(' ')}" options="${optionsOf(command).join(' ')}" ;;`,
  )
  return `_parley() {
  local word="\${COMP_WORDS[COMP_CWORD]}" words="${commands.map(({ name }) => name).join(' ')}" options="--help"
  [[ $COMP_CWORD -gt 1 ]] && case "\${COMP_WORDS[1]}" in
${cases.join('\n')}
    *) words="" options="" ;;
  esac
  [[ $word == -* ]] && words=$options
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}
complete -o default -F _parley parley
`
}

function zsh(commands: readonly Command[]): string {
  const names = commands.map(({ name, summary }) => `    ${quoted(`${name}:${summary}`)}`)
  const cases = commands.map((command) => {
    const specs = Object.entries(command.options).map(([name, { value, multiple, says }]) => {
      const action = value === undefined ? '' : `:${value}:${value === 'FILE' ? '_files' : ''}`
      return quoted(
        `${multiple ? '*' : ''}--${name}[${says.replaceAll(/[[\]\\]/g, '\\$&').replaceAll('\n', ' ')}]${action}`,
      )
    })
    const words = wordsOf(command)
    const operand = quoted(words.length > 0 ? `1:word:(${words.join(' ')})` : '*:file:_files')
    return `    ${command.name}) _arguments ${[...specs, quoted('--help[tells more]'), operand].join(' ')} ;;`
  })
  return `#compdef parley
_parley() {
  local -a commands=(
${names.join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
${cases.join('\n')}
  esac
}
compdef _parley parley
`
}

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`
