// In every account: creates a conference, invites a user, runs the conference, lists its participants, uploads a file, and
// ends the conference.
//
//   PARLEY_URL=… PARLEY_API_KEY=… node examples/create-and-run.ts
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
  const isSupported = (capability: Account['capabilities'][number]) => account.capabilities.includes(capability)
  const print = (text: string) => console.log(`${account.key}: ${text}`)

  const { users } = await client.request(UsersDocument, { first: 2, filter: { accounts: [account.key] } })
  const [host, guest] = users?.nodes ?? []
  if (!host || !guest) return print('two users are required')

  const input = { account: account.key, title: 'Weekly review', ...createSettings(account, host.id) }
  const { createConference } = await client.request(CreateConferenceDocument, { input })
  const { conference } = requireSuccess('createConference', createConference)
  if (!conference) return print('the result has no conference')
  print(`created "${conference.title}", ${conference.kind}, ${conference.joinUrl}`)

  const invitation = { conferenceId: conference.id, invitee: { user: { id: guest.id } } }
  const { inviteParticipant } = await client.request(InviteParticipantDocument, { input: invitation })
  requireSuccess('inviteParticipant', inviteParticipant)
  print(`invited ${guest.displayName}`)

  const conferenceId = conference.id
  if (isSupported('RUN_CONFERENCE')) {
    const { runConference } = await client.request(RunConferenceDocument, { input: { conferenceId } })
    const { startUrl } = requireSuccess('runConference', runConference)
    // The start URL is a credential: give it to the host, and do not log it.
    print(startUrl ? 'the host can start the conference with the start URL' : 'running')
  }

  if (isSupported('LIST_PARTICIPANTS')) {
    const participants = client.paginate(
      ParticipantsDocument,
      { conferenceId },
      (data) => data.conference?.participants,
    )
    for await (const { displayName, role, status } of participants) print(`${displayName} is ${role}, ${status}`)
  }

  const target = isSupported('UPLOAD_CONFERENCE_FILE') ? { conferenceId } : { userId: host.id }
  const picture = fileURLToPath(new URL('picture.png', import.meta.url))
  const { file } = requireSuccess('uploadFile', await client.upload(picture, target, { contentType: 'image/png' }))
  print(`uploaded ${file?.name}, ${file?.size} bytes, sha256 ${file?.sha256}`)

  if (isSupported('END_CONFERENCE')) {
    const { endConference } = await client.request(EndConferenceDocument, { input: { conferenceId } })
    requireSuccess('endConference', endConference)
    print('ended')
  }
}

function createSettings({ vendor }: Account, owner: string): Omit<CreateConferenceInput, 'account' | 'title'> {
  // iMeet Central supports neither an owner nor a schedule as input.
  if (vendor === 'IMEET_CENTRAL') return {}
  // Without a schedule, TrueConf creates a virtual room, which can run at any time.
  if (vendor === 'TRUECONF') return { owner: { id: owner } }
  const startsAt = new Date(Date.now() + 86_400_000).toISOString()
  return {
    owner: { id: owner },
    schedule: { oneTime: { startsAt, durationMinutes: 30 } },
    // Registration with automatic approval, so that the invitee is listed as a participant.
    vendorOptions: { settings: { approval_type: 0 } },
  }
}

/** Returns the payload of a mutation that succeeded. @throws An error if the mutation failed, or if its result is not known. */
function requireSuccess<
  P extends { outcome: Outcome; problems: readonly { message: string }[]; operation: { id: string } | null },
>(mutation: string, payload: P): P {
  if (isDone(payload)) return payload
  const hint = isUnknown(payload) ? ` Query operation ${payload.operation?.id} before you retry.` : ''
  throw new Error(`${mutation}: ${payload.outcome}. ${payload.problems[0]?.message ?? ''}${hint}`)
}
