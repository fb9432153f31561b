import type { Command } from '../command.ts'
import { conferenceColumns } from '../conference-columns.ts'
import { conferenceStates } from '../enum-values.ts'
import { outputOptions } from '../output.ts'
import { listOptions, readExitCodes, serverEnvironment, serverOptions } from './shared.ts'

export const conferencesList: Command = {
  name: 'conferences list',
  summary: 'Print the conferences of all accounts',
  description: 'Prints a table to a terminal, and one JSON value per line to a file or pipe.',
  arguments: [],
  options: {
    account: { value: 'KEY', multiple: true, description: 'Only this account. Repeat the option for several accounts' },
    state: {
      value: 'STATE',
      values: conferenceStates,
      multiple: true,
      description: `Only this state: ${conferenceStates.join(', ')}. Repeat the option for several states`,
    },
    search: { value: 'TEXT', description: 'Only conferences with a word in their title that begins with this text' },
    from: { value: 'TIME', description: 'Only conferences that start at this time or later, in RFC 3339 format' },
    before: { value: 'TIME', description: 'Only conferences that start before this time, in RFC 3339 format' },
    ...listOptions,
    ...outputOptions,
    ...serverOptions,
  },
  environment: serverEnvironment,
  exitCodes: readExitCodes,
  examples: ['parley conferences list --account trueconf', 'parley conferences list --state running --all --csv'],
  run: async (input) => {
    const { ConferencesDocument } = await import('../../client/gql/graphql.ts')
    const { printList, readFilter } = await import('../list.ts')
    const texts = { search: 'search', startsFrom: 'from', startsBefore: 'before' }
    const pairs = Object.entries(texts).map(([field, option]) => [field, input.getOption(option)] as const)
    const filter = {
      ...readFilter('accounts', input.getOptionValues('account')),
      ...readFilter('state', input.getOptionValues('state')),
      ...Object.fromEntries(pairs.filter(([, text]) => text !== undefined)),
    }
    return printList(input, {
      document: ConferencesDocument,
      variables: { filter },
      path: ['conferences'],
      columns: conferenceColumns,
    })
  },
}
