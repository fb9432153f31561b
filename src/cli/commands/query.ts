import type { Command } from '../command.ts'
import { mutationExitCodes, serverEnvironment, serverOptions } from './shared.ts'

export const query: Command = {
  name: 'query',
  summary: 'Run a GraphQL query or mutation',
  description: `Sends a GraphQL document to a Parley server and prints the response as JSON.

With --all, prints the nodes of one list, one JSON value per line, and requests pages until the end of the list. The document does not need first, after, or pageInfo. Pages have 100 nodes unless the document sets first. If a page fails temporarily, the command pauses and requests it once more. If the vendor requires a pause of more than 60 s, the command stops. If the command stops early, it prints the option that resumes the list: --after CURSOR.`,
  arguments: [
    {
      usage: '[FILE|-]',
      description:
        'GraphQL document. "-" reads standard input. Optional with "--all users" and "--all conferences": the default document selects account { key } and all scalar and enum fields, except raw and fields that need a vendor call for each node',
    },
  ],
  options: {
    var: {
      value: 'NAME=VALUE',
      multiple: true,
      description: 'Variable, converted to its declared type. Repeat the option for each item of a list',
    },
    variables: {
      value: 'FILE',
      description: 'JSON file with an object of all variables. --var overrides single variables',
    },
    operation: { value: 'NAME', description: 'Operation to run, if the document has several' },
    all: { value: 'PATH', description: 'Print all nodes of the list at PATH, such as users or account.users' },
    after: { value: 'CURSOR', description: 'With --all: start after this cursor' },
    fresh: { description: 'Read the vendors again, instead of using responses that the server has cached' },
    'idempotency-key': {
      value: 'KEY',
      description: 'Idempotency key for a mutation that has none. Makes it safe to run the command again.',
      default: 'a new key',
    },
    ...serverOptions,
  },
  environment: serverEnvironment,
  exitCodes: mutationExitCodes,
  examples: [
    'parley query --all users | jq -r .email',
    `echo 'query ($key: String!) { account(key: $key) { users { nodes { id email } } } }' |
  parley query - --var key=zoom --all account.users`,
  ],
  run: async (input) => (await import('../query.ts')).runQueryCommand(input),
}
