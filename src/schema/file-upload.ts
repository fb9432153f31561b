import type { Context } from './context.ts'
import type { Plan } from '../operations/request.ts'
import type { UploadedFile } from '../operations/store.ts'
import { IncomingUpload } from '../operations/upload.ts'
import type { Account } from '../vendors/accounts.ts'
import type { Call } from '../upstream/call.ts'
import type { StoredFile, Upload } from '../vendors/vendor.ts'
import { builder } from './builder.ts'
import { UploadedFileRef } from './file.ts'
import { accountOf, memberOf, targetOf, unlessGone } from './input.ts'
import { answered, mutate, MutationPayload, type Payload } from './payload.ts'
import { requires, wording } from './wording.ts'

const UploadTargetInput = builder.inputType('UploadTargetInput', {
  description:
    "conferenceId: into that conference. userId: that user's avatar. account: the account's own library, unattached.",
  isOneOf: true,
  fields: (t) => ({
    conferenceId: t.id({
      description: `ID of the conference to attach the file to. ${requires('UPLOAD_CONFERENCE_FILE')}`,
    }),
    userId: t.id({ description: `ID of the user whose avatar the file becomes. ${requires('UPLOAD_AVATAR')}` }),
    account: t.string({
      description: `Key of the account in whose library the file is stored, unattached. ${requires('UPLOAD_LIBRARY_FILE')}`,
    }),
  }),
})

const UploadFileInput = builder.inputType('UploadFileInput', {
  description: 'The input of `uploadFile`.',
  fields: (t) => ({
    file: t.field({
      type: 'File',
      required: true,
      description: 'The file part; null in `variables`, named in the `map` of the request.',
    }),
    name: t.string({ description: "Default: the part's own file name." }),
    contentType: t.string({ description: "Default: the part's own type." }),
    target: t.field({ type: UploadTargetInput, required: true, description: 'Where it goes.' }),
    idempotencyKey: t.string({ description: wording.idempotencyKey }),
    clientMutationId: t.string({ description: wording.clientMutationId }),
  }),
})

const UploadFilePayload = builder.objectRef<Payload>('UploadFilePayload').implement({
  description: 'The answer of `uploadFile`.',
  interfaces: [MutationPayload],
  fields: (t) => ({
    file: t.field({
      type: UploadedFileRef,
      description: 'The file as it was sent; null where it is not known to have arrived.',
      resolve: (payload, _, context) => answered(payload, 'UploadedFile', context),
    }),
  }),
})

type Input = typeof UploadFileInput.$inferInput

interface Target {
  account: Account
  send(file: Upload, call: Call): Promise<StoredFile>
}

function uploadTarget({ conferenceId, userId, account: key }: Input['target'], context: Context): Target {
  const place = ['input', 'target']
  if (conferenceId != null) {
    const path = [...place, 'conferenceId']
    const { account, parts } = targetOf(conferenceId, path.join('.'), 'Conference', context)
    const send = memberOf(account, 'uploadConferenceFile', path)
    const failed = unlessGone(path.join('.'), 'Conference')
    return { account, send: (file, call) => send(parts[0], file, call).catch(failed) }
  }
  if (userId != null) {
    const path = [...place, 'userId']
    const { account, parts } = targetOf(userId, path.join('.'), 'User', context)
    const send = memberOf(account, 'uploadAvatar', path)
    return { account, send: (file, call) => send(parts[0], file, call).catch(unlessGone(path.join('.'), 'User')) }
  }
  const path = [...place, 'account']
  const account = accountOf(key ?? '', path, context)
  return { account, send: memberOf(account, 'uploadLibraryFile', path) }
}

function planUpload(input: Input, incoming: IncomingUpload, context: Context): Plan {
  const { account, send } = uploadTarget(input.target, context)
  const { name = null, contentType = null } = input
  return {
    account,
    lookup: null,
    perform: async (call) => {
      const file = await incoming.open({ name, contentType })
      const stored = await send(file, call).catch((error: unknown) => {
        // A vendor that did not get the whole file did nothing with it.
        throw (call.writesSucceeded === 0 ? incoming.failure : null) ?? error
      })
      const value: UploadedFile = {
        ...stored,
        name: file.name,
        contentType: file.contentType,
        size: incoming.size,
        sha256: incoming.sha256(),
      }
      return { answer: { type: 'UploadedFile', value } }
    },
  }
}

builder.mutationField('uploadFile', (t) =>
  t.field({
    type: UploadFilePayload,
    description:
      'Sends one file on as it comes in, by a multipart request; GraphiQL cannot, `parley upload` and curl can. 5 GiB where the operator sets no other limit.',
    nullable: false,
    args: { input: t.arg({ type: UploadFileInput, required: true, description: wording.input }) },
    resolve: async (_, { input }, context) => {
      const incoming = new IncomingUpload(input.file)
      const { file: _file, ...described } = input
      try {
        return await mutate(context, 'uploadFile', input, () => planUpload(input, incoming, context), {
          input: described,
          differs: async ({ answer }) => {
            await incoming.readAll()
            return answer?.type === 'UploadedFile' && answer.value.sha256 !== incoming.sha256()
          },
        })
      } finally {
        void incoming.drain()
      }
    },
  }),
)
