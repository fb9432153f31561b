import type { Command, Option } from './command.ts'

const config: Option = {
  value: 'FILE',
  says: 'configuration; default: PARLEY_CONFIG, ./parley.config.yaml, environment',
}

const server: Record<string, Option> = {
  url: { value: 'URL', says: 'the API; default: PARLEY_URL, http://127.0.0.1:4000/graphql' },
  key: {
    value: 'KEY',
    says: 'API key; default: PARLEY_API_KEY. Prefer the variable:\na command line is seen by all who may list processes',
  },
}

const codes = 'Exit codes: 0 done, 1 refused, 2 usage, 3 outcome unknown, 4 unavailable.'

export const commands: readonly Command[] = [
  {
    name: 'serve',
    operands: [],
    summary: 'The server; over the sandbox where nothing is configured.',
    details: 'HOST (127.0.0.1) and PORT (4000) say where it listens.',
    options: { config },
    example: 'parley serve --config parley.config.yaml',
    run: async (input) => {
      await (await import('./serve.ts')).serve(input.text('config'))
      return null
    },
  },
  {
    name: 'check',
    operands: [],
    summary:
      'Validates the configuration, fetches one token per account, asks Redis where there is one. Exits with 0 or 1.',
    options: { config },
    example: 'parley check --config parley.config.yaml && parley serve --config parley.config.yaml',
    run: async (input) => (await import('./check.ts')).check(input.text('config')),
  },
  {
    name: 'sandbox',
    operands: [],
    summary: 'The sandbox vendors alone; one JSON line tells where they are.',
    details: 'PARLEY_SANDBOX_PORT: the first of three ports; default 4010, 0 takes any that are free.',
    options: {},
    example: 'PARLEY_SANDBOX_PORT=0 parley sandbox',
    run: async () => {
      await (await import('./sandbox.ts')).sandbox()
      return null
    },
  },
  {
    name: 'query',
    operands: ['[FILE|-]'],
    summary: 'Sends a GraphQL document from a file, or from standard input (-), and prints the answer as JSON.',
    details: `With --all it prints the nodes of the connection at PATH (such as users, or account.users), one JSON value a line,
page after page to the end; the document needs neither first, after nor pageInfo, and for users and conferences
none is needed at all. What fails is told on stderr and asked again; when it ends early, stderr tells how to go on.
${codes}`,
    options: {
      var: {
        value: 'NAME=VALUE',
        multiple: true,
        says: 'a variable, read as its declared type; again for each item of a list',
      },
      variables: { value: 'FILE', says: 'all variables, as a JSON object' },
      operation: { value: 'NAME', says: 'which operation, where the document has several' },
      all: { value: 'PATH', says: 'follow the connection at PATH' },
      after: { value: 'CURSOR', says: 'with --all: begin behind this cursor' },
      ...server,
    },
    example: `parley query --all users | jq -r .email
echo 'query ($key: String!) { account(key: $key) { users { nodes { id email } } } }' |
  parley query - --var key=zoom --all account.users`,
    run: async (input) => (await import('./query.ts')).query(input),
  },
  {
    name: 'upload',
    operands: ['FILE'],
    summary: 'Uploads a file as it is read, however large, and prints the answer as JSON.',
    details: `Sent again by itself only where it surely was not done, up to three times, with the same idempotency key.
${codes}`,
    options: {
      conference: { value: 'ID', says: 'into this conference' },
      user: { value: 'ID', says: 'as the avatar of this user' },
      account: { value: 'KEY', says: "into this account's own library" },
      name: { value: 'NAME', says: "default: the file's own" },
      'content-type': { value: 'TYPE', says: 'default: what its name says' },
      'idempotency-key': { value: 'KEY', says: 'makes it safe to run the command again; default: a new one' },
      ...server,
    },
    example: 'parley upload minutes.pdf --conference Q29uZmVyZW5jZTp6b29tOjEyMw --idempotency-key minutes-2026-11-20',
    run: async (input) => (await import('./upload.ts')).upload(input),
  },
  {
    name: 'token',
    operands: ['ACCOUNT'],
    summary: 'Fetches an access token of a configured account and tells when it ends.',
    details: codes,
    options: { show: { says: 'print the token itself, alone, to stdout' }, config },
    example: 'curl -H "Authorization: Bearer $(parley token zoom --show)" https://api.zoom.us/v2/users',
    run: async (input) => (await import('./token.ts')).token(input),
  },
  {
    name: 'completion',
    operands: ['bash|zsh'],
    summary: 'Prints a completion script for the shell.',
    options: {},
    example: 'eval "$(parley completion bash)"',
    run: async (input) => (await import('./completion.ts')).completion(input.operands[0]!, commands),
  },
]
