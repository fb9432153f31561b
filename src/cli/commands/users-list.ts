import type { Command } from '../command.ts'
import { userStatuses } from '../enum-values.ts'
import { outputOptions } from '../output.ts'
import { listOptions, readExitCodes, serverEnvironment, serverOptions } from './shared.ts'

export const usersList: Command = {
  name: 'users list',
  summary: 'Print the users of all accounts',
  description: 'Prints a table to a terminal, and one JSON value per line to a file or pipe.',
  arguments: [],
  options: {
    account: { value: 'KEY', multiple: true, description: 'Only this account. Repeat the option for several accounts' },
    email: { value: 'EMAIL', description: 'Only users with this email address' },
    search: {
      value: 'TEXT',
      description: 'Only users with a word in their name or email address that begins with this text',
    },
    status: {
      value: 'STATUS',
      values: userStatuses,
      multiple: true,
      description: `Only this status: ${userStatuses.join(', ')}. Repeat the option for several statuses`,
    },
    ...listOptions,
    ...outputOptions,
    ...serverOptions,
  },
  environment: serverEnvironment,
  exitCodes: readExitCodes,
  examples: ['parley users list', 'parley users list --account zoom --status active --all --csv > users.csv'],
  run: async (input) => {
    const { UsersDocument } = await import('../../client/gql/graphql.ts')
    const { printList, readFilter } = await import('../list.ts')
    const [email, search] = [input.getOption('email'), input.getOption('search')]
    const filter = {
      ...readFilter('accounts', input.getOptionValues('account')),
      ...readFilter('status', input.getOptionValues('status')),
      ...(email === undefined ? {} : { email }),
      ...(search === undefined ? {} : { search }),
    }
    const columns = ['id', 'account.key', 'email', 'displayName', 'status']
    return printList(input, { document: UsersDocument, variables: { filter }, path: ['users'], columns })
  },
}
