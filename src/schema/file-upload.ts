import type { Context } from './context.ts'
import type { MutationPlan } from '../operations/mutation.ts'
import type { UploadedFile } from '../operations/store.ts'
import { UploadStream } from '../operations/upload.ts'
import type { Account } from '../vendors/accounts.ts'
import type { CallContext } from '../upstream/call-context.ts'
import type { StoredFile, Upload } from '../vendors/vendor.ts'
import { builder } from './builder.ts'
import { UploadedFileRef } from './file.ts'
import { getAccount, getVendorMember, resolveTarget, mapNotFound } from './input.ts'
import { getResultObject, resolveMutation, MutationPayload, type Payload } from './payload.ts'
import { requires, sharedDescriptions } from './shared-descriptions.ts'

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
    idempotencyKey: t.string({ description: sharedDescriptions.idempotencyKey }),
    clientMutationId: t.string({ description: sharedDescriptions.clientMutationId }),
  }),
})

const UploadFilePayload = builder.objectRef<Payload>('UploadFilePayload').implement({
  description: 'The answer of `uploadFile`.',
  interfaces: [MutationPayload],
  fields: (t) => ({
    file: t.field({
      type: UploadedFileRef,
      description: 'The file as it was sent; null where it is not known to have arrived.',
      resolve: (payload, _, context) => getResultObject(payload, 'UploadedFile', context),
    }),
  }),
})

type UploadInput = typeof UploadFileInput.$inferInput

interface ResolvedUploadTarget {
  account: Account
  uploadTo(file: Upload, call: CallContext): Promise<StoredFile>
}

function resolveUploadTarget(
  { conferenceId, userId, account: key }: UploadInput['target'],
  context: Context,
): ResolvedUploadTarget {
  const place = ['input', 'target']
  if (conferenceId != null) {
    const path = [...place, 'conferenceId']
    const { account, parts } = resolveTarget(conferenceId, path.join('.'), 'Conference', context)
    const send = getVendorMember(account, 'uploadConferenceFile', path)
    const failed = mapNotFound(path.join('.'), 'Conference')
    return { account, uploadTo: (file, call) => send(parts[0], file, call).catch(failed) }
  }
  if (userId != null) {
    const path = [...place, 'userId']
    const { account, parts } = resolveTarget(userId, path.join('.'), 'User', context)
    const send = getVendorMember(account, 'uploadAvatar', path)
    return { account, uploadTo: (file, call) => send(parts[0], file, call).catch(mapNotFound(path.join('.'), 'User')) }
  }
  const path = [...place, 'account']
  const account = getAccount(key ?? '', path, context)
  return { account, uploadTo: getVendorMember(account, 'uploadLibraryFile', path) }
}

function planUpload(input: UploadInput, incoming: UploadStream, context: Context): MutationPlan {
  const { account, uploadTo: send } = resolveUploadTarget(input.target, context)
  const { name = null, contentType = null } = input
  return {
    account,
    lookup: null,
    execute: async (call) => {
      const file = await incoming.openUpload({ name, contentType })
      const stored = await send(file, call).catch((error: unknown) => {
        // A vendor that did not get the whole file did nothing with it.
        throw (call.writesSucceeded === 0 ? incoming.failure : null) ?? error
      })
      const value: UploadedFile = {
        ...stored,
        name: file.name,
        contentType: file.contentType,
        size: incoming.size,
        sha256: incoming.digestSha256(),
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
    args: { input: t.arg({ type: UploadFileInput, required: true, description: sharedDescriptions.input }) },
    resolve: async (_, { input }, context) => {
      const incoming = new UploadStream(input.file)
      const { file: _file, ...described } = input
      try {
        return await resolveMutation(context, 'uploadFile', input, () => planUpload(input, incoming, context), {
          input: described,
          isDifferent: async ({ answer }) => {
            await incoming.hashAll()
            return answer?.type === 'UploadedFile' && answer.value.sha256 !== incoming.digestSha256()
          },
        })
      } finally {
        void incoming.discardRest()
      }
    },
  }),
)
