import type { Context } from '../context.ts'
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

const UploadTargetInput = builder.inputType('UploadTargetInput', {
  description:
    "conferenceId: into that conference. userId: that user's avatar. account: the account's own library, unattached.",
  isOneOf: true,
  fields: (t) => ({ conferenceId: t.id(), userId: t.id(), account: t.string() }),
})

const UploadFileInput = builder.inputType('UploadFileInput', {
  fields: (t) => ({
    file: t.field({ type: 'File', required: true }),
    name: t.string({ description: "Default: the part's own file name." }),
    contentType: t.string({ description: "Default: the part's own type." }),
    target: t.field({ type: UploadTargetInput, required: true }),
    idempotencyKey: t.string(),
    clientMutationId: t.string(),
  }),
})

const UploadFilePayload = builder.objectRef<Payload>('UploadFilePayload').implement({
  interfaces: [MutationPayload],
  fields: (t) => ({
    file: t.field({
      type: UploadedFileRef,
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
        throw (call.written === 0 ? incoming.failure : null) ?? error
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
    nullable: false,
    args: { input: t.arg({ type: UploadFileInput, required: true }) },
    resolve: async (_, { input }, context) => {
      const time = context.operations.uploadTime()
      const incoming = new IncomingUpload(input.file, () => time.progress())
      const { file: _file, ...described } = input
      const call = {
        ...context.call,
        signal: AbortSignal.any([context.call.signal, time.signal]),
        get deadline() {
          return time.deadline
        },
      }
      try {
        return await mutate(context, 'uploadFile', input, () => planUpload(input, incoming, context), {
          call,
          input: described,
          differs: async ({ answer }) => {
            await incoming.readAll()
            return answer?.type === 'UploadedFile' && answer.value.sha256 !== incoming.sha256()
          },
        })
      } finally {
        time.end()
        void incoming.drain()
      }
    },
  }),
)
