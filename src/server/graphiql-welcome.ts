import type { Account } from '../vendors/accounts.ts'
import { capabilities } from '../vendors/kit/capability.ts'

export type AccountSummary = Pick<Account, 'key' | 'vendorName' | 'capabilities'>

/** Of a line. */
const width = 56

/** What GraphiQL's first tab begins with: where things are, which accounts there are and what each cannot do. */
export function formatGraphiqlWelcome(accounts: readonly AccountSummary[]): string {
  const lines = accounts.flatMap(({ key, vendorName, capabilities: can }) => {
    const lacks = capabilities.filter((capability) => !can.includes(capability))
    return [
      `#   ${key} (${vendorName})`,
      ...(lacks.length === 0 ? [] : wrapText(`lacks ${lacks.join(', ')}`, '#     ')),
    ]
  })
  return `# Welcome to Parley: your meeting vendors as one graph.
# Ctrl-Enter (Cmd-Enter) runs a tab; the book at the
# left explains every type and field. More to read:
# README.md and docs/ of the project.
#
# To use another API key for one tab, enter it in the
# pane "Headers" below:
#   {"Authorization": "Bearer <key>"}
#
# Accounts, and what their vendors cannot do:
${lines.map((line) => `${line}\n`).join('')}
`
}

function wrapText(text: string, indent: string): string[] {
  const lines = ['']
  for (const word of text.split(' ')) {
    const line = lines.at(-1)!
    if (line !== '' && indent.length + line.length + 1 + word.length > width) lines.push(word)
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`
  }
  return lines.map((line) => indent + line)
}
