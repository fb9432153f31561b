import { useState, useTransition } from 'react'
import type { FormEvent } from 'react'
import { Field } from './field.tsx'
import { tell } from './payload.ts'
import type { Payload } from './payload.ts'
import { createIntentKeys } from './intent-keys.ts'

/** Told how much has left the browser, 0 to 1. */
export type OnProgress = (part: number) => void

interface UploadInput {
  target: { account: string }
  idempotencyKey: string
}
interface Uploaded extends Payload {
  file: { name: string; sha256: string } | null | undefined
}
interface Props {
  upload: (file: File, input: UploadInput, onProgress: OnProgress) => Promise<Uploaded>
}

/** Puts a file into the library of an account. */
export function FileUpload({ upload }: Props) {
  const [part, setPart] = useState<number>()
  const [said, setSaid] = useState('')
  const [busy, start] = useTransition()
  const [keys] = useState(createIntentKeys)

  const send = (event: FormEvent) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget as HTMLFormElement)
    const file = form.get('file') as File
    const target = { account: String(form.get('account')) }
    const { name, size, lastModified } = file
    const intent = { target, name, size, lastModified }
    setSaid('')
    start(async () => {
      try {
        const payload = await upload(file, { target, idempotencyKey: keys.get(intent) }, setPart)
        keys.settle(intent, payload.outcome)
        setSaid(`${tell(payload)} ${payload.file?.name ?? ''} ${payload.file?.sha256 ?? ''}`)
      } catch (error) {
        setSaid(String(error))
      }
    })
  }

  return (
    <section aria-label="Upload" aria-busy={busy}>
      <h2>A file for the library</h2>
      <form onSubmit={send}>
        <Field label="Account" name="account" value="imeetcentral" />
        <input name="file" aria-label="File" type="file" required />
        <button disabled={busy}>Upload</button>
      </form>
      {part !== undefined && <progress aria-label="Sent" value={part} />}
      <output>{said}</output>
    </section>
  )
}
