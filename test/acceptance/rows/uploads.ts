import { createUploadForm } from '../reply.ts'
import type { Fixture } from '../fixture.ts'

export const upload = `mutation ($input: UploadFileInput!) { uploadFile(input: $input) {
  outcome problems { code message path } file { name size sha256 contentType }
} }`
export const MiB = 1024 ** 2

export type Target = 'conference' | 'library' | 'zoom conference' | 'avatar' | 'zoom avatar'
const targets = new Map<Target, object>()

/** Fetches the targets before the tests, so that the rows call no vendor. */
export async function fetchTargets(fixture: Fixture): Promise<void> {
  const first = async (field: string, account: string) => {
    const { data } = await fixture.query(
      `{ ${field}(first: 1, filter: { accounts: ["${account}"] }) { nodes { id } } }`,
    )
    return data![field].nodes[0].id as string
  }
  targets.set('conference', { conferenceId: await first('conferences', 'central') })
  targets.set('zoom conference', { conferenceId: await first('conferences', 'zoom') })
  targets.set('zoom avatar', { userId: await first('users', 'zoom') })
  targets.set('avatar', { userId: await first('users', 'berlin') })
  targets.set('library', { account: 'central' })
}

export const createUploadInput = (target: Target, more: object = {}) => ({
  input: { target: targets.get(target), file: null, ...more },
})

export const createSender =
  (file: File, more: object = {}, target: Target = 'conference') =>
  (fixture: Fixture) =>
    fixture.send({ form: createUploadForm(upload, createUploadInput(target, more), 'variables.input.file', file) })

export const createFile = (text: string, name = 'a.txt', type = 'text/plain') => new File([text], name, { type })

export const needs = ['uploadFile']
