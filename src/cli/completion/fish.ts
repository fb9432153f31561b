import type { Command } from '../command.ts'
import { listArgumentWords, listGroups } from './words.ts'

/** Source: https://fishshell.com/docs/current/cmds/complete.html */
export function formatFishCompletion(commands: readonly Command[]): string {
  const groups = listGroups(commands).flatMap(({ name, members }) => [
    `complete -c parley -f -n '__parley_at 1' -a ${name}`,
    `complete -c parley -f -n '__parley_at 2 ${name}' -a '${members.join(' ')}'`,
  ])
  return `# __parley_at N WORDS: whether argument N is being typed and the words before it are WORDS.
# __parley_in N WORDS: whether the first N words are WORDS.
function __parley_at
  set -l words (commandline -opc)[2..]
  test (count $words) -eq (math $argv[1] - 1); and test "$words" = "$argv[2..]"
end
function __parley_in
  set -l words (commandline -opc)[2..]
  test "$words[1..$argv[1]]" = "$argv[2..]"
end
complete -c parley -e
complete -c parley -f -n '__parley_at 1' -l help -s h -d 'Print this help'
complete -c parley -f -n '__parley_at 1' -l version -s v -d 'Print the version'
${[...commands.map((command) => formatCommand(command, commands)), ...groups].join('\n')}
`
}

function formatCommand(command: Command, commands: readonly Command[]): string {
  const words = command.name.split(' ')
  const inCommand = `-n '__parley_in ${words.length} ${command.name}'`
  const options = Object.entries(command.options).map(([name, { value, values, description }]) => {
    const choices = values ? ` -a '${values.join(' ')}'` : ''
    const argument = value === undefined ? '' : value === 'FILE' ? ' -r' : ' -x'
    return `complete -c parley ${inCommand} -l ${name}${argument}${choices} -d ${quote(description)}`
  })
  const argumentWords = listArgumentWords(command, commands).join(' ')
  return [
    ...(words.length === 1
      ? [`complete -c parley -f -n '__parley_at 1' -a ${words[0]} -d ${quote(command.summary)}`]
      : []),
    ...(argumentWords === '' ? [] : [`complete -c parley -f ${inCommand} -a '${argumentWords}'`]),
    ...options,
    `complete -c parley ${inCommand} -l help -s h -d 'Print this help'`,
  ].join('\n')
}

/** Fish escapes a quotation mark within single quotes with a backslash. */
const quote = (text: string): string => `'${text.replaceAll(/[\\']/g, '\\$&')}'`
