import { useState, useTransition } from 'react'
import type { FormEvent } from 'react'
import { Field } from './field.tsx'
import { formatPayload } from './payload.ts'
import type { Payload } from './payload.ts'
import { createIntentKeys } from './intent-keys.ts'

interface Conference {
  id: string
  title: string
  state: string
}
interface UserRef {
  vendorId: string
}
interface Step extends Payload {
  conference?: Conference | null | undefined
}
interface Props {
  create: (input: { account: string; title: string; owner: UserRef; idempotencyKey: string }) => Promise<Step>
  invite: (input: { conferenceId: string; invitee: { user: UserRef }; idempotencyKey: string }) => Promise<Step>
  run: (input: { conferenceId: string; idempotencyKey: string }) => Promise<Step>
}

/** Creates a conference, invites a user, and runs the conference. Shows the outcome of each step. */
export function ConferenceSteps({ create, invite, run }: Props) {
  const [conference, setConference] = useState<Conference>()
  const [message, setMessage] = useState('')
  const conferenceId = conference?.id ?? ''
  const [isBusy, startTransition] = useTransition()

  const [keys] = useState(createIntentKeys)

  const createSubmitHandler =
    (name: string, send: (field: (name: string) => string, key: string) => Promise<Step>) => (event: FormEvent) => {
      event.preventDefault()
      const form = new FormData(event.currentTarget as HTMLFormElement)
      const intent = { name, conferenceId, fields: [...form.entries()] }
      startTransition(async () => {
        try {
          const payload = await send((field) => String(form.get(field)), keys.get(intent))
          keys.settle(intent, payload.outcome)
          setMessage(formatPayload(payload))
          if (payload.conference) setConference(payload.conference)
        } catch (error) {
          setMessage(String(error))
        }
      })
    }
  const handleCreate = createSubmitHandler('create', (field, idempotencyKey) =>
    create({ account: field('account'), title: field('title'), owner: { vendorId: field('owner') }, idempotencyKey }),
  )
  const handleInvite = createSubmitHandler('invite', (field, idempotencyKey) =>
    invite({ conferenceId, invitee: { user: { vendorId: field('guest') } }, idempotencyKey }),
  )
  const handleRun = createSubmitHandler('run', (_, idempotencyKey) => run({ conferenceId, idempotencyKey }))

  return (
    <section aria-label="Conference" aria-busy={isBusy}>
      <h2>{conference ? `${conference.title} is ${conference.state}` : 'A new conference'}</h2>
      <form onSubmit={handleCreate}>
        <Field label="Account" name="account" value="trueconf" />
        <Field label="Title" name="title" value="Planning" />
        <Field label="Owner" name="owner" value="helen" />
        <button disabled={isBusy || conference !== undefined}>Create</button>
      </form>
      <form onSubmit={handleInvite}>
        <Field label="Guest" name="guest" value="dean" />
        <button disabled={isBusy || !conference}>Invite</button>
      </form>
      <form onSubmit={handleRun}>
        <button disabled={isBusy || !conference}>Run</button>
      </form>
      <output>{message}</output>
    </section>
  )
}
