import type { Account } from '../vendors/accounts.ts'

export type AccountSummary = Pick<Account, 'key' | 'vendorName'>

/** Maximum number of characters in a line, which is what the editor shows in a window of 1,400 pixels. */
const maxLineLength = 56
/** Maximum number of lines that list the accounts. The query below the comment lists all of them. */
const maxAccountLines = 2

/** Formats the comment at the beginning of GraphiQL's first tab: how to use the page, and which accounts there are. */
export function formatGraphiqlWelcome(accounts: readonly AccountSummary[]): string {
  return `# Welcome to Parley: your meeting vendors in one graph.
# To run a tab, press Ctrl-Enter (Cmd-Enter on macOS).
# The book icon shows all fields. For another API key,
# see "Headers" below: {"Authorization": "Bearer <key>"}
${formatAccounts(accounts)}
`
}

/** Lists as many accounts as there is room for. */
function formatAccounts(accounts: readonly AccountSummary[]): string {
  const names = accounts.map(({ key, vendorName }) => `${key} (${vendorName})`)
  for (let count = names.length; count > 0; count -= 1) {
    const more = names.length === count ? [] : [`${names.length - count} more`]
    const lines = wrapText(`Accounts: ${[...names.slice(0, count), ...more].join(', ')}`)
    if (lines.length <= maxAccountLines) return lines.map((line) => `${line}\n`).join('')
  }
  return ''
}

function wrapText(text: string): string[] {
  const lines = ['#']
  for (const word of text.split(' ')) {
    const line = lines.at(-1)!
    if (line.length + 1 + word.length > maxLineLength && line !== '#') lines.push(`# ${word}`)
    else lines[lines.length - 1] = `${line} ${word}`
  }
  return lines
}
