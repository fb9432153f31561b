// Prints every user of every account:
//
//   PARLEY_URL=… PARLEY_API_KEY=… node examples/list-users.ts
import { createClient, UsersDocument } from '../src/client/index.ts'

const { PARLEY_URL: url = 'http://127.0.0.1:4000/graphql', PARLEY_API_KEY: key } = process.env
const client = createClient({ url, ...(key ? { key } : {}) })

const messageByAccount = new Map<string, string>()
const users = client.paginate(UsersDocument, { first: 100 }, ({ users }) => users, {
  onPage: ({ sources }) => {
    for (const { account, problem } of sources) if (problem) messageByAccount.set(account.key, problem.message)
  },
})
for await (const { account, displayName, email, status } of users) {
  console.log([account.key, displayName, email, status].join('\t'))
}
for (const [account, message] of messageByAccount) console.error(`Users of ${account} can be missing: ${message}`)
