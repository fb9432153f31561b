// At every account: creates a conference, invites someone, runs it, looks who is in it, uploads a file, ends it.
// PARLEY_URL=… PARLEY_API_KEY=… node examples/create-and-run.ts
import { fileURLToPath } from 'node:url'
import {
  AccountsDocument,
  createClient,
  CreateConferenceDocument,
  EndConferenceDocument,
  InviteParticipantDocument,
  isDone,
  isUnknown,
  ParticipantsDocument,
  RunConferenceDocument,
  UsersDocument,
} from '../src/client/node.ts'
import type { AccountsQuery, CreateConferenceInput, Outcome } from '../src/client/node.ts'

type Account = AccountsQuery['accounts'][number]

const { PARLEY_URL: url = 'http://127.0.0.1:4000/graphql', PARLEY_API_KEY: key } = process.env
const client = createClient({ url, ...(key ? { key } : {}) })

const { accounts } = await client.request(AccountsDocument, {})
for (const account of accounts) await createAndRun(account)

async function createAndRun(account: Account): Promise<void> {
  const can = (capability: Account['capabilities'][number]) => account.capabilities.includes(capability)
  const say = (text: string) => console.log(`${account.key}: ${text}`)

  const { users } = await client.request(UsersDocument, { first: 2, filter: { accounts: [account.key] } })
  const [host, guest] = users?.nodes ?? []
  if (!host || !guest) return say('needs two users')

  const input = { account: account.key, title: 'Weekly review', ...settingsOf(account, host.id) }
  const { createConference } = await client.request(CreateConferenceDocument, { input })
  const { conference } = done('createConference', createConference)
  if (!conference) return say('gave no conference')
  say(`created "${conference.title}", ${conference.kind}, ${conference.joinUrl}`)

  const invitation = { conferenceId: conference.id, invitee: { user: { id: guest.id } } }
  const { inviteParticipant } = await client.request(InviteParticipantDocument, { input: invitation })
  done('inviteParticipant', inviteParticipant)
  say(`invited ${guest.displayName}`)

  const conferenceId = conference.id
  if (can('RUN_CONFERENCE')) {
    const { runConference } = await client.request(RunConferenceDocument, { input: { conferenceId } })
    const { startUrl } = done('runConference', runConference)
    // A credential: for the host's browser, not for a log.
    say(startUrl ? 'the host can start it with the address given' : 'runs')
  }

  if (can('LIST_PARTICIPANTS')) {
    const participants = client.paginate(
      ParticipantsDocument,
      { conferenceId },
      (data) => data.conference?.participants,
    )
    for await (const { displayName, role, status } of participants) say(`${displayName} is ${role}, ${status}`)
  }

  const target = can('UPLOAD_CONFERENCE_FILE') ? { conferenceId } : { userId: host.id }
  const picture = fileURLToPath(new URL('picture.png', import.meta.url))
  const { file } = done('uploadFile', await client.upload(picture, target, { contentType: 'image/png' }))
  say(`uploaded ${file?.name}, ${file?.size} bytes, sha256 ${file?.sha256}`)

  if (can('END_CONFERENCE')) {
    const { endConference } = await client.request(EndConferenceDocument, { input: { conferenceId } })
    done('endConference', endConference)
    say('ended')
  }
}

function settingsOf({ vendor }: Account, owner: string): Omit<CreateConferenceInput, 'account' | 'title'> {
  // A workspace belongs to the account itself.
  if (vendor === 'IMEET_CENTRAL') return {}
  // Without a schedule TrueConf makes a room, which runs whenever it is wanted.
  if (vendor === 'TRUECONF') return { owner: { id: owner } }
  const startsAt = new Date(Date.now() + 86_400_000).toISOString()
  return {
    owner: { id: owner },
    schedule: { oneTime: { startsAt, durationMinutes: 30 } },
    // Zoom's own setting for registration with approval at once: it lists registrants as participants.
    vendorOptions: { settings: { approval_type: 0 } },
  }
}

/** What was not done ends the script; what nobody knows of must be looked up before it is tried again. */
function done<
  P extends { outcome: Outcome; problems: readonly { message: string }[]; operation: { id: string } | null },
>(mutation: string, payload: P): P {
  if (isDone(payload)) return payload
  const hint = isUnknown(payload) ? ` Look up operation ${payload.operation?.id}.` : ''
  throw new Error(`${mutation}: ${payload.outcome}. ${payload.problems[0]?.message ?? ''}${hint}`)
}
