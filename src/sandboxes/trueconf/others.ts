import type { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { addDirectCall, addRecording, endCall, join, present, startCall } from './calls.ts'
import { createConference } from './conference-input.ts'
import { type Conference, type Server, seconds } from './model.ts'

/** What people and other programs do at the server, without a request that the sandbox records. */
export class Others {
  readonly #server: Server

  constructor(server: Server) {
    this.#server = server
  }

  /** Creates a room. Returns its ID. */
  create(topic: string): string {
    return this.#add(topic).id
  }

  /** Starts a conference that was not planned, with participants. It disappears when it ends. Returns its ID. */
  call(topic: string, participants: readonly string[]): string {
    const conference = this.#add(topic)
    conference.isUnplanned = true
    const call = startCall(this.#server, conference)
    for (const id of participants) join(this.#server, call, id)
    return conference.id
  }

  rename(id: string, topic: string): void {
    this.#get(id).topic = topic
  }

  start(id: string): void {
    const conference = this.#get(id)
    if (!conference.call) startCall(this.#server, conference)
  }

  end(id: string): void {
    endCall(this.#server, this.#get(id), seconds(this.#server.now()))
  }

  delete(id: string): void {
    this.end(id)
    this.#server.data.conferences.delete(id)
  }

  /** Adds a participant to a running conference. @param participant Login, or an address such as `#tel:100`. */
  join(id: string, participant: string): void {
    join(this.#server, this.#getCall(id), participant)
  }

  /** Removes a participant. A conference that was not planned ends when the last one leaves. */
  leave(id: string, participant: string): void {
    const call = this.#getCall(id)
    const attendance = present(call).find((other) => other.id === participant)
    if (!attendance) throw new HTTPException(404, { message: 'The participant is not in the conference.' })
    attendance.leave_time = seconds(this.#server.now())
    if (this.#get(id).isUnplanned && present(call).length === 0) this.end(id)
  }

  /** Adds a recording that was created now. @param size In bytes. Returns its name. */
  record(id: string, size: number): string {
    return addRecording(this.#server, this.#get(id), seconds(this.#server.now()), size).name
  }

  /** Adds a call between two users, which lasted one minute and has just ended. */
  callDirectly(caller: string, called: string): void {
    const now = seconds(this.#server.now())
    addDirectCall(this.#server, [caller, called], now - 60, now)
  }

  #add(topic: string): Conference {
    const { data } = this.#server
    const [owner = ''] = data.users.keys()
    const conference = createConference(this.#server, { topic, owner, type: 0, schedule: { type: -1 } })
    data.conferences.set(conference.id, conference)
    return conference
  }

  #get(id: string): Conference {
    const conference = this.#server.data.conferences.get(id)
    if (!conference) throw new HTTPException(404, { message: 'The conference was not found.' })
    return conference
  }

  #getCall(id: string) {
    const { call } = this.#get(id)
    if (!call) throw new HTTPException(409, { message: 'The conference is not running.' })
    return call
  }
}

/**
 * Serves what others do, for people who try the sandbox: `POST /__sandbox/conferences` (`{topic, participants}`; with
 * participants, a conference that was not planned), `POST …/{id}/rename` (`{topic}`), `…/start`, `…/end`, `…/join` and `…/leave`
 * (`{participant}`), `…/record` (`{size}`), and `DELETE …/{id}`.
 */
export function serveOthers(control: Hono, others: Others): void {
  control.post('/conferences', async (c) => {
    const { topic = 'Call', participants } = await c.req.json<{ topic?: string; participants?: string[] }>()
    return c.json({ id: participants ? others.call(topic, participants) : others.create(topic) }, 201)
  })
  const change = (name: string, apply: (id: string, input: Record<string, string>) => void): void =>
    void control.post(`/conferences/:id/${name}`, async (c) => {
      const text = await c.req.text()
      apply(c.req.param('id') ?? '', text === '' ? {} : (JSON.parse(text) as Record<string, string>))
      return c.body(null, 204)
    })
  change('rename', (id, { topic = '' }) => others.rename(id, topic))
  change('start', (id) => others.start(id))
  change('end', (id) => others.end(id))
  change('join', (id, { participant = '' }) => others.join(id, participant))
  change('leave', (id, { participant = '' }) => others.leave(id, participant))
  change('record', (id, { size = '1048576' }) => void others.record(id, Number(size)))
  control.delete('/conferences/:id', (c) => {
    others.delete(c.req.param('id'))
    return c.body(null, 204)
  })
}
