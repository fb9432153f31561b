import type { UploadedFile } from '../operations/store.ts'
import type { WithAccount } from './with-account.ts'
import { withAccount } from './with-account.ts'
import { AccountRef } from './account-ref.ts'
import { builder } from './builder.ts'
import { encodeId } from './ids.ts'
import { registerNodeFinder, Node } from './node.ts'
import { sharedDescriptions } from './shared-descriptions.ts'

const FileState = builder.enumType('FileState', {
  description: 'Whether a file hangs on something yet.',
  values: {
    ATTACHED: { description: 'It is where it was meant to go.' },
    DEFERRED: { description: "It lies in the account's library, unattached." },
  } as const,
})

export const UploadedFileRef = builder.objectRef<WithAccount<UploadedFile>>('UploadedFile').implement({
  description: 'A file as you uploaded it.',
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
    name: t.exposeString('name', { nullable: false, description: 'Its file name.' }),
    contentType: t.exposeString('contentType', {
      nullable: false,
      description: 'Its media type, e.g. application/pdf.',
    }),
    size: t.exposeFloat('size', {
      nullable: false,
      description: 'Bytes. A Float, because a file can pass 2 GiB.',
    }),
    sha256: t.exposeString('sha256', {
      nullable: false,
      description: 'Lower-case hex of the bytes that reached the vendor.',
    }),
    state: t.expose('state', { type: FileState, nullable: false, description: 'Whether it hangs on something yet.' }),
    url: t.expose('url', { type: 'URL', description: 'Where it can be seen, where the vendor tells: avatars only.' }),
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
  return operation?.answer?.type === 'UploadedFile' ? withAccount(account!, { ...operation.answer.value }) : null
})
