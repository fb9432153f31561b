import { Problem } from '../core/errors.ts'
import { builder } from './builder.ts'
import { assertScope } from './credentials.ts'
import { RecordingRef } from './recording.ts'

/** Range of the lifetime of a download link, in seconds. */
const minLifetime = 60
const maxLifetime = 86_400

builder.objectFields(RecordingRef, (t) => ({
  downloadUrl: t.field({
    type: 'URL',
    description:
      "Download link on this server, without the vendor's URLs and access tokens. A credential: anyone who has the link can download the file without signing in until the link expires. Requires the scope `recordings`. Null if the state is not `READY`.",
    args: {
      expiresIn: t.arg.int({
        required: true,
        defaultValue: 3_600,
        description: 'How long the link is valid, in seconds: 60 to 86,400.',
      }),
    },
    resolve: ({ account, parentId, vendorId, name, contentType, state }, { expiresIn }, context) => {
      assertScope(context, 'downloadUrl', 'recordings')
      if (expiresIn < minLifetime || expiresIn > maxLifetime)
        throw new Problem('BAD_USER_INPUT', '"expiresIn" must be 60 to 86,400.', { path: ['expiresIn'] })
      if (state !== 'READY') return null
      return context.createDownloadUrl({ account: account.key, parentId, vendorId, contentType }, name, expiresIn)
    },
  }),
  playUrl: t.field({
    type: 'URL',
    description:
      "URL of the vendor's player, which can require people to sign in or to enter a passcode. The URL never contains a passcode. Requires the scope `recordings`. Null if the vendor has no player.",
    resolve: ({ playUrl }, _, context) => {
      assertScope(context, 'playUrl', 'recordings')
      return playUrl
    },
  }),
}))
