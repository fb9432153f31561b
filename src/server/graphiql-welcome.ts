import type { Account } from '../vendors/accounts.ts'
import { capabilities } from '../vendors/kit/capability.ts'

export type AccountSummary = Pick<Account, 'key' | 'vendorName' | 'capabilities'>

/** Maximum number of characters in a line, which is what the editor shows in a window of 1,400 pixels. */
const maxLineLength = 56

/** Formats the comment at the beginning of GraphiQL's first tab: how to use the page, and what each account does not support. */
export function formatGraphiqlWelcome(accounts: readonly AccountSummary[]): string {
  const lines = accounts.flatMap(({ key, vendorName, capabilities: supported }) => {
    const unsupported = capabilities.filter((capability) => !supported.includes(capability))
    return [
      `#   ${key} (${vendorName})`,
      ...(unsupported.length === 0 ? [] : wrapText(`not supported: ${unsupported.join(', ')}`, '#     ')),
    ]
  })
  return `# Welcome to Parley: your meeting vendors in one graph.
# To run a tab, press Ctrl-Enter (Cmd-Enter on macOS).
# To read about types and fields, select the book icon.
# For more, see README.md and docs/ of the project.
#
# To use another API key for this tab, enter it in the
# pane "Headers" below:
#   {"Authorization": "Bearer <key>"}
#
# Accounts, and what their vendors do not support:
${lines.map((line) => `${line}\n`).join('')}
`
}

function wrapText(text: string, indent: string): string[] {
  const lines = ['']
  for (const word of text.split(' ')) {
    const line = lines.at(-1)!
    if (line !== '' && indent.length + line.length + 1 + word.length > maxLineLength) lines.push(word)
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`
  }
  return lines.map((line) => indent + line)
}
