import type { Context } from './context.ts'
import type { MutationPlan } from '../operations/mutation.ts'
import type { UploadedFile } from '../operations/store.ts'
import { UploadStream } from '../operations/upload.ts'
import type { CallContext } from '../upstream/call-context.ts'
import type { StoredFile, Upload } from '../vendors/vendor-inputs.ts'
import { builder } from './builder.ts'
import { UploadedFileRef } from './file.ts'
import { getAccount, getVendorMember, resolveTarget, mapNotFound } from './input.ts'
import { getResultObject, resolveMutation, MutationPayload, type Payload } from './payload.ts'
import { describeRequirement, sharedDescriptions } from './shared-descriptions.ts'

const UploadTargetInput = builder.inputType('UploadTargetInput', {
  description: 'Destination of an uploaded file. Set exactly one field.',
  isOneOf: true,
  fields: (t) => ({
    conferenceId: t.id({
      description: `ID of the conference to attach the file to. ${describeRequirement('UPLOAD_CONFERENCE_FILE')}`,
    }),
    userId: t.id({
      description: `ID of a user. The file becomes the avatar of this user. ${describeRequirement('UPLOAD_AVATAR')}`,
    }),
    account: t.string({
      description: `Key of the account whose library stores the file, not attached to a conference. ${describeRequirement('UPLOAD_LIBRARY_FILE')}`,
    }),
  }),
})

const UploadFileInput = builder.inputType('UploadFileInput', {
  description: 'Input for `uploadFile`.',
  fields: (t) => ({
    file: t.field({
      type: 'File',
      required: true,
      description: 'File part of the multipart request. Null in `variables`; `map` assigns the part to this field.',
    }),
    name: t.string({
      description: 'File name. Folders and control characters are removed. Default: the file name of the part.',
    }),
    contentType: t.string({
      description: 'Media type, such as `application/pdf`. Default: the media type of the part.',
    }),
    target: t.field({ type: UploadTargetInput, required: true, description: 'Destination of the file.' }),
    idempotencyKey: t.string({ description: sharedDescriptions.idempotencyKey }),
    clientMutationId: t.string({ description: sharedDescriptions.clientMutationId }),
  }),
})

const UploadFilePayload = builder.objectRef<Payload>('UploadFilePayload').implement({
  description: 'Payload of `uploadFile`.',
  interfaces: [MutationPayload],
  fields: (t) => ({
    file: t.field({
      type: UploadedFileRef,
      description: 'Uploaded file. Null if the file is not known to have arrived at the vendor.',
      resolve: (payload, _, context) => getResultObject(payload, 'UploadedFile', context),
    }),
  }),
})

type UploadInput = typeof UploadFileInput.$inferInput

interface ResolvedUploadTarget extends Pick<MutationPlan, 'account' | 'change'> {
  uploadTo(file: Upload, call: CallContext): Promise<StoredFile>
}

function resolveUploadTarget(
  { conferenceId, userId, account: key }: UploadInput['target'],
  context: Context,
): ResolvedUploadTarget {
  const targetPath = ['input', 'target']
  if (conferenceId != null) {
    const path = [...targetPath, 'conferenceId']
    const { account, parts } = resolveTarget(conferenceId, path.join('.'), 'Conference', context)
    const send = getVendorMember(account, 'uploadConferenceFile', path)
    const throwMapped = mapNotFound(path.join('.'), 'Conference')
    return {
      account,
      change: { kind: 'conferences', conferenceId: parts[0] },
      uploadTo: (file, call) => send(parts[0], file, call).catch(throwMapped),
    }
  }
  if (userId != null) {
    const path = [...targetPath, 'userId']
    const { account, parts } = resolveTarget(userId, path.join('.'), 'User', context)
    const send = getVendorMember(account, 'uploadAvatar', path)
    return {
      account,
      change: { kind: 'users' },
      uploadTo: (file, call) => send(parts[0], file, call).catch(mapNotFound(path.join('.'), 'User')),
    }
  }
  const path = [...targetPath, 'account']
  const account = getAccount(key ?? '', path, context)
  return { account, change: null, uploadTo: getVendorMember(account, 'uploadLibraryFile', path) }
}

function planUpload(input: UploadInput, incoming: UploadStream, context: Context): MutationPlan {
  const { account, change, uploadTo: send } = resolveUploadTarget(input.target, context)
  const { name = null, contentType = null } = input
  return {
    account,
    change,
    lookup: null,
    execute: async (call) => {
      const file = await incoming.openUpload({ name, contentType })
      const stored = await send(file, call).catch((error: unknown) => {
        // The vendor discards a file that it did not receive completely, so the cause is the failed upload.
        throw (call.writesSucceeded === 0 ? incoming.failure : null) ?? error
      })
      const value: UploadedFile = {
        ...stored,
        name: file.name,
        contentType: file.contentType,
        size: incoming.size,
        sha256: incoming.digestSha256(),
      }
      return { result: { type: 'UploadedFile', value } }
    },
  }
}

builder.mutationField('uploadFile', (t) =>
  t.field({
    type: UploadFilePayload,
    description:
      'Uploads one file of up to 5 GiB (configurable) and streams it to the vendor. Requires a multipart request, which GraphiQL cannot send; use `parley upload` or curl.',
    nullable: false,
    args: { input: t.arg({ type: UploadFileInput, required: true, description: sharedDescriptions.input }) },
    resolve: async (_, { input }, context) => {
      const incoming = new UploadStream(input.file)
      const { file: _file, ...inputWithoutFile } = input
      try {
        return await resolveMutation(context, 'uploadFile', input, () => planUpload(input, incoming, context), {
          input: inputWithoutFile,
          isDifferent: async ({ result }) => {
            await incoming.hashAll()
            return result?.type === 'UploadedFile' && result.value.sha256 !== incoming.digestSha256()
          },
        })
      } finally {
        void incoming.discardRest()
      }
    },
  }),
)
