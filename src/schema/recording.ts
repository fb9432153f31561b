import type { Recording } from '../vendors/vendor-objects.ts'
import { AccountRef } from './account-ref.ts'
import { builder } from './builder.ts'
import { ConferenceRef } from './conference.ts'
import { encodeId } from './ids.ts'
import { registerNodeFinder, Node } from './node.ts'
import { SessionRef } from './session.ts'
import { sharedDescriptions } from './shared-descriptions.ts'
import { withAccount, type WithAccount } from './with-account.ts'

export const RecordingKindEnum = builder.enumType('RecordingKind', {
  description: 'Kind of a recorded file.',
  values: {
    AUDIO: { description: 'Audio only.' },
    CAPTIONS: { description: 'Captions that were displayed during the session.' },
    CHAT: { description: 'Chat of the session.' },
    OTHER: { description: 'Any other file, such as a timeline, polls, or an image.' },
    TRANSCRIPT: { description: 'Transcript of the spoken words (WebVTT).' },
    VIDEO: { description: 'Video with audio.' },
  } as const,
})

const RecordingStateEnum = builder.enumType('RecordingState', {
  description: 'Whether a recording is available.',
  values: {
    PROCESSING: { description: 'The vendor is still preparing the file.' },
    READY: { description: 'The file can be downloaded.' },
    UNAVAILABLE: {
      description:
        'The vendor lists the file but does not provide it, because the file was deleted or cannot be downloaded.',
    },
  } as const,
})

export const RecordingRef = builder.objectRef<WithAccount<Recording>>('Recording').implement({
  description: 'One file that was recorded in a session, such as video, audio, a transcript, or the chat.',
  interfaces: [Node],
  fields: (t) => ({
    id: t.field({
      type: 'ID',
      nullable: false,
      description: sharedDescriptions.id,
      resolve: ({ account, parentId, vendorId }) => encodeId('Recording', account.key, parentId, vendorId),
    }),
    account: t.field({
      type: AccountRef,
      nullable: false,
      description: 'Account that the recording belongs to.',
      resolve: (recording) => recording.account,
    }),
    vendorId: t.exposeString('vendorId', { nullable: false, description: "The vendor's ID of the file." }),
    conference: t.field({
      type: ConferenceRef,
      description: 'Conference that was recorded. Null if the conference no longer exists.',
      resolve: ({ account, conferenceId }, _, { loaders }) =>
        conferenceId === null ? null : loaders.loadConference(account, conferenceId),
    }),
    session: t.field({
      type: SessionRef,
      description: 'Session that was recorded. Null if the session is not known.',
      resolve: ({ account, sessionId }, _, { loaders }) =>
        sessionId === null ? null : loaders.loadSession(account, sessionId),
    }),
    title: t.exposeString('title', {
      nullable: false,
      description: 'Title of the conference at the time of the session.',
    }),
    kind: t.expose('kind', { type: RecordingKindEnum, nullable: false, description: 'Kind of file.' }),
    state: t.expose('state', {
      type: RecordingStateEnum,
      nullable: false,
      description: 'Whether the file is available.',
    }),
    name: t.exposeString('name', { nullable: false, description: 'File name with an extension.' }),
    contentType: t.exposeString('contentType', {
      nullable: false,
      description: 'Media type, such as `video/mp4`.',
    }),
    size: t.exposeFloat('size', {
      description:
        'Size in bytes. A Float, because a file can be larger than 2 GiB. Null if the vendor does not report it.',
    }),
    startedAt: t.expose('startedAt', {
      type: 'DateTime',
      description: 'When the recording began. Null if the vendor does not report it.',
    }),
    durationSeconds: t.exposeInt('durationSeconds', {
      description: 'Duration in seconds. Null if the vendor does not report it.',
    }),
    raw: t.field({
      type: 'JSON',
      nullable: false,
      description:
        "The vendor's JSON object without credentials and links to files. Integers beyond ±2^53 are strings.",
      resolve: (recording) => recording.raw,
    }),
  }),
})

registerNodeFinder('Recording', async ({ parts }, account, { call }) => {
  const [parentId, vendorId] = parts as [string, string]
  const recording = await account!.vendor.getRecording?.(parentId, vendorId, call)
  return recording ? withAccount(account!, recording) : null
})
