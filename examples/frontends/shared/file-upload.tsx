import { useState, useTransition } from 'react'
import type { FormEvent } from 'react'
import { Field } from './field.tsx'
import { formatPayload } from './payload.ts'
import type { Payload } from './payload.ts'
import { createIntentKeys } from './intent-keys.ts'

/** Receives the part of the body that the browser has sent, from 0 to 1. */
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

/** Uploads a file to the library of an account. */
export function FileUpload({ upload }: Props) {
  const [part, setPart] = useState<number>()
  const [message, setMessage] = useState('')
  const [isBusy, startTransition] = useTransition()
  const [keys] = useState(createIntentKeys)

  const handleSubmit = (event: FormEvent) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget as HTMLFormElement)
    const file = form.get('file') as File
    const target = { account: String(form.get('account')) }
    const { name, size, lastModified } = file
    const intent = { target, name, size, lastModified }
    setMessage('')
    startTransition(async () => {
      try {
        const payload = await upload(file, { target, idempotencyKey: keys.get(intent) }, setPart)
        keys.settle(intent, payload.outcome)
        setMessage(`${formatPayload(payload)} ${payload.file?.name ?? ''} ${payload.file?.sha256 ?? ''}`)
      } catch (error) {
        setMessage(String(error))
      }
    })
  }

  return (
    <section aria-label="Upload" aria-busy={isBusy}>
      <h2>Upload a file to the library</h2>
      <form onSubmit={handleSubmit}>
        <Field label="Account" name="account" value="imeetcentral" />
        <input name="file" aria-label="File" type="file" required />
        <button disabled={isBusy}>Upload</button>
      </form>
      {part !== undefined && <progress aria-label="Sent" value={part} />}
      <output>{message}</output>
    </section>
  )
}
