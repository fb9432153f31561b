import type { UploadedFile } from '../operations/store.ts'
import type { WithAccount } from './with-account.ts'
import { withAccount } from './with-account.ts'
import { AccountRef } from './account-ref.ts'
import { builder } from './builder.ts'
import { encodeId } from './ids.ts'
import { registerNodeFinder, Node } from './node.ts'
import { sharedDescriptions } from './shared-descriptions.ts'

const FileState = builder.enumType('FileState', {
  description: 'Whether an uploaded file is attached to its destination.',
  values: {
    ATTACHED: { description: 'Attached to its conference or user.' },
    DEFERRED: { description: "In the account's library, not attached to a conference." },
  } as const,
})

export const UploadedFileRef = builder.objectRef<WithAccount<UploadedFile>>('UploadedFile').implement({
  description: 'A file that you uploaded with `uploadFile`.',
  interfaces: [Node],
  fields: (t) => ({
    id: t.field({
      type: 'ID',
      nullable: false,
      description: sharedDescriptions.id,
      resolve: ({ account, vendorId }) => encodeId('UploadedFile', account.key, vendorId),
    }),
    account: t.field({
      type: AccountRef,
      nullable: false,
      description: sharedDescriptions.account,
      resolve: ({ account }) => account,
    }),
    vendorId: t.exposeString('vendorId', { nullable: false, description: sharedDescriptions.vendorId }),
    name: t.exposeString('name', { nullable: false, description: 'File name.' }),
    contentType: t.exposeString('contentType', {
      nullable: false,
      description: 'Media type, such as `application/pdf`.',
    }),
    size: t.exposeFloat('size', {
      nullable: false,
      description: 'Size in bytes. A `Float`, because a file can be larger than 2 GiB.',
    }),
    sha256: t.exposeString('sha256', {
      nullable: false,
      description: 'SHA-256 digest of the bytes that were sent to the vendor, in lowercase hexadecimal.',
    }),
    state: t.expose('state', {
      type: FileState,
      nullable: false,
      description: 'Whether the file is attached to its destination.',
    }),
    url: t.expose('url', {
      type: 'URL',
      description: 'URL of the file. Null if the vendor does not report it.',
    }),
    raw: t.field({
      type: 'JSON',
      nullable: false,
      description: sharedDescriptions.raw,
      resolve: ({ raw }) => raw ?? {},
    }),
  }),
})

registerNodeFinder('UploadedFile', async ({ parts }, account, { caller, operations }) => {
  const operation = await operations.findUpload(caller.name, account!.key, parts[0]!)
  return operation?.result?.type === 'UploadedFile' ? withAccount(account!, { ...operation.result.value }) : null
})
