import { Component } from 'react'
import type { ReactNode } from 'react'

/** Shows an error that a child throws. */
export class Failure extends Component<{ children: ReactNode }, { error?: Error }> {
  override state: { error?: Error } = {}
  static getDerivedStateFromError = (error: Error) => ({ error })
  override render = () => (this.state.error ? <p role="alert">{this.state.error.message}</p> : this.props.children)
}
