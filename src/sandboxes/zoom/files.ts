import { getOrigin } from '../origin.ts'
import { ZoomError } from './errors.ts'
import { readUpload, type UploadedFile } from './multipart.ts'
import { findUser, pathUser, type Service } from './service.ts'
import type { ZoomContext } from './context.ts'
import { fresh, createId, type ChatFile } from './world.ts'

const extension = (name: string) => /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase() ?? ''
const isImage = (name: string) => ['png', 'jpg', 'jpeg', 'gif'].includes(extension(name))

/** Serves chat files, avatars, and virtual backgrounds. Their bytes are hashed, not stored. */
export function serveFiles(service: Service): void {
  const { route, world, now, effect, switches } = service

  const tooLarge = (limit: number) => new ZoomError(400, 300, `Maximum file size exceeded: ${limit}`)

  /** Returns a redirect to another host, once for each request. */
  function sendOn(c: ZoomContext): Response | undefined {
    const to = switches.redirectFilesTo
    if (!to || c.req.query('redirected')) return undefined
    const query = new URLSearchParams({ ...c.req.query(), redirected: 'true' })
    return c.redirect(`${to}${c.req.path}?${query}`, 307)
  }

  function store(owner: string, { name, length, sha256 }: UploadedFile): ChatFile {
    const file = { id: createId(fresh(world, 'file')), owner, name, length, sha256, created: now() }
    world.files.set(file.id, file)
    return file
  }

  route(
    'POST',
    '/chat/users/:userId/files',
    'Medium',
    'team_chat:write:files(:admin) chat_message:write(:admin)',
    async (c) => {
      const user = pathUser(service, c)
      const elsewhere = sendOn(c)
      if (elsewhere) return elsewhere
      const { files } = await readUpload(c.env.incoming, () => switches.maxChatFile, tooLarge)
      const [uploaded] = files
      if (files.length !== 1 || uploaded?.part !== 'file') throw new ZoomError(400, 300, 'Invalid field: file.')
      const file = store(user.id, uploaded)
      const posted = c.req.query('postToPersonalChat') !== 'false'
      if (posted) post(user.id, '', null, user.id, [file.id])
      effect('uploadFile', file.id, { ...uploaded, userId: user.id, postedToPersonalChat: posted })
      return c.json({ id: file.id }, 201)
    },
  )

  const sendFile = 'team_chat:write:message_files(:admin) chat_message:write(:admin)'
  route('POST', '/chat/users/:userId/messages/files', 'Medium', sendFile, async (c) => {
    const user = pathUser(service, c)
    const elsewhere = sendOn(c)
    if (elsewhere) return elsewhere
    const limit = (name: string) => (isImage(name) ? switches.maxMessageImage : switches.maxMessageFile)
    const { files, fields } = await readUpload(c.env.incoming, limit, tooLarge)
    const [uploaded] = files
    if (files.length !== 1 || uploaded?.part !== 'files') throw new ZoomError(400, 5301, 'Message sending failed.')
    const { toChannel, toContact } = recipient(fields.to_channel, fields.to_contact)
    const file = store(user.id, uploaded)
    const id = post(user.id, '', toChannel, toContact, [file.id])
    effect('uploadFile', file.id, { ...uploaded, userId: user.id, toChannel, toContact, message: id })
    return c.json({ id }, 201)
  })

  const send = 'team_chat:write:user_message(:admin) chat_message:write(:admin)'
  route('POST', '/chat/users/:userId/messages', 'Medium', send, async (c) => {
    const user = pathUser(service, c)
    const body: Record<string, unknown> = await c.req.json().catch(() => ({}))
    const { message, to_channel, to_contact, file_ids = [] } = body
    if (typeof message !== 'string' || message === '' || message.length > 1024) throw failed()
    if (!Array.isArray(file_ids) || file_ids.length > 6) throw failed()
    const files = file_ids.map(String)
    if (files.some((id) => world.files.get(id)?.owner !== user.id)) throw failed()
    const { toChannel, toContact } = recipient(to_channel, to_contact)
    const id = post(user.id, message, toChannel, toContact, files)
    effect('sendChatMessage', id, { userId: user.id, toChannel, toContact, files })
    return c.json({ id }, 201)
  })

  const failed = () => new ZoomError(400, 5301, 'Message sending failed.')

  function recipient(channel: unknown, contact: unknown): { toChannel: string | null; toContact: string | null } {
    if (typeof channel === 'string' && channel) {
      const isChannel = [...world.meetings.values()].some(({ settings }) => {
        const chat = settings.continuous_meeting_chat as { channel_id?: string } | undefined
        return chat?.channel_id === channel
      })
      if (!isChannel) throw new ZoomError(404, 4130, `Channel does not exist: ${channel}.`)
      return { toChannel: channel, toContact: null }
    }
    if (typeof contact !== 'string' || !contact) throw failed()
    const user = findUser(world, contact)
    if (!user) throw new ZoomError(404, 1001, `User does not exist: ${contact}.`)
    return { toChannel: null, toContact: user.id }
  }

  function post(sender: string, text: string, toChannel: string | null, toContact: string | null, files: string[]) {
    const id = createId(fresh(world, 'message'))
    world.messages.push({ id, sender, text, toChannel, toContact, files })
    return id
  }

  function pathFile(c: ZoomContext): ChatFile {
    const file = world.files.get(c.req.param('fileId') ?? '')
    if (!file) throw new ZoomError(404, 404, 'Resource not found.')
    return file
  }

  route('GET', '/chat/files/:fileId', 'Light', 'team_chat:read:file(:admin) chat:read', (c) => {
    const { id, name, length, sha256, created } = pathFile(c)
    return c.json({
      file_id: id,
      file_name: name,
      OS_file_type: extension(name),
      length,
      digest: sha256,
      created_time: created,
      modified_time: created,
      download_url: `${getOrigin(c)}/file/download/${id}`,
    })
  })

  route('DELETE', '/chat/files/:fileId', 'Light', 'team_chat:delete:file(:admin) chat_message:write(:admin)', (c) => {
    const { id } = pathFile(c)
    world.files.delete(id)
    effect('deleteFile', id)
    return c.body(null, 204)
  })

  const picture = 'user:write:profile_picture(:admin) user:write(:admin)'
  route('POST', '/users/:userId/picture', 'Medium', picture, async (c) => {
    const user = pathUser(service, c)
    const uploaded = await readImage(c, 'pic_file', switches.maxPicture, 'File size cannot exceed 2M.')
    if (!['jpg', 'jpeg', 'png'].includes(extension(uploaded.name)))
      throw new ZoomError(400, 120, 'Only jpg/jpeg or png image file can be uploaded.')
    user.detail.pic_url = `${getOrigin(c)}/p/v2/${uploaded.sha256.slice(0, 32)}`
    effect('uploadFile', user.id, { ...uploaded, userId: user.id })
    return c.body(null, 201)
  })

  const background = 'user:write:virtual_background_files(:admin) user:write(:admin)'
  route('POST', '/users/:userId/settings/virtual_backgrounds', 'Medium', background, async (c) => {
    const user = pathUser(service, c)
    const uploaded = await readImage(c, 'file', switches.maxBackground, 'File size cannot exceed 15M.')
    const { name, length } = uploaded
    const video = ['mp4', 'mov'].includes(extension(name))
    if (!video && !isImage(name)) throw new ZoomError(400, 120, 'Only jpg/jpeg, gif or png image file can be uploaded.')
    if (user.backgrounds >= 10) throw new ZoomError(400, 120, 'A maximum of 10 files are allowed for a user.')
    user.backgrounds++
    const id = createId(fresh(world, 'background'))
    effect('uploadFile', id, { ...uploaded, userId: user.id })
    return c.json({ id, name, size: length, type: video ? 'video' : 'image', is_default: false }, 201)
  })

  async function readImage(c: ZoomContext, part: string, max: number, message: string): Promise<UploadedFile> {
    const { files } = await readUpload(
      c.env.incoming,
      () => max,
      () => new ZoomError(400, 120, message),
    )
    const uploaded = files.find((file) => file.part === part)
    if (!uploaded) throw new ZoomError(400, 120, 'No file uploaded, verify that a file has been uploaded.')
    if (uploaded.length === 0) throw new ZoomError(400, 120, 'File is empty.')
    return uploaded
  }
}
