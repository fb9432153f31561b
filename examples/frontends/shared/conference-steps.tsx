import { useState, useTransition } from 'react'
import type { FormEvent } from 'react'
import { Field } from './field.tsx'
import { tell } from './payload.ts'
import type { Payload } from './payload.ts'
import { createIntentKeys } from './intent-keys.ts'

interface Conference {
  id: string
  title: string
  state: string
}
interface Person {
  vendorId: string
}
interface Step extends Payload {
  conference?: Conference | null | undefined
}
interface Props {
  create: (input: { account: string; title: string; owner: Person; idempotencyKey: string }) => Promise<Step>
  invite: (input: { conferenceId: string; invitee: { user: Person }; idempotencyKey: string }) => Promise<Step>
  run: (input: { conferenceId: string; idempotencyKey: string }) => Promise<Step>
}

/** Creates a conference, invites somebody, runs it; says after each step what came of it. */
export function ConferenceSteps({ create, invite, run }: Props) {
  const [conference, setConference] = useState<Conference>()
  const [said, setSaid] = useState('')
  const conferenceId = conference?.id ?? ''
  const [busy, start] = useTransition()

  const [keys] = useState(createIntentKeys)

  const step =
    (name: string, send: (field: (name: string) => string, key: string) => Promise<Step>) => (event: FormEvent) => {
      event.preventDefault()
      const form = new FormData(event.currentTarget as HTMLFormElement)
      const intent = { name, conferenceId, fields: [...form.entries()] }
      start(async () => {
        try {
          const payload = await send((field) => String(form.get(field)), keys.get(intent))
          keys.settle(intent, payload.outcome)
          setSaid(tell(payload))
          if (payload.conference) setConference(payload.conference)
        } catch (error) {
          setSaid(String(error))
        }
      })
    }
  const createStep = step('create', (field, idempotencyKey) =>
    create({ account: field('account'), title: field('title'), owner: { vendorId: field('owner') }, idempotencyKey }),
  )
  const inviteStep = step('invite', (field, idempotencyKey) =>
    invite({ conferenceId, invitee: { user: { vendorId: field('guest') } }, idempotencyKey }),
  )
  const runStep = step('run', (_, idempotencyKey) => run({ conferenceId, idempotencyKey }))

  return (
    <section aria-label="Conference" aria-busy={busy}>
      <h2>{conference ? `${conference.title} is ${conference.state}` : 'A new conference'}</h2>
      <form onSubmit={createStep}>
        <Field label="Account" name="account" value="trueconf" />
        <Field label="Title" name="title" value="Planning" />
        <Field label="Owner" name="owner" value="helen" />
        <button disabled={busy || conference !== undefined}>Create</button>
      </form>
      <form onSubmit={inviteStep}>
        <Field label="Guest" name="guest" value="dean" />
        <button disabled={busy || !conference}>Invite</button>
      </form>
      <form onSubmit={runStep}>
        <button disabled={busy || !conference}>Run</button>
      </form>
      <output>{said}</output>
    </section>
  )
}
