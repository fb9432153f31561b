/**
 * @generated SignedSource<<034c064f2a035f26e3e21d74038cab39>>
 * @relayHash cefd1fe1a9f4cfe563a576146cafd40e
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID 83c34d92f714bd07c86c1db52945571cf7587b6c500f2815e8ef58efd702206f

import type { ConcreteRequest } from 'relay-runtime';
export type Outcome = "NOT_SENT" | "PENDING" | "REJECTED" | "SUCCEEDED" | "UNKNOWN";
export type ParticipantRole = "ATTENDEE" | "MODERATOR" | "OWNER" | "UNKNOWN";
export type InviteParticipantInput = {
  clientMutationId?: string | null | undefined;
  conferenceId: string;
  idempotencyKey?: string | null | undefined;
  invitee: InviteeInput;
};
export type InviteeInput = {
  displayName?: string | null | undefined;
  role?: ParticipantRole | null | undefined;
  user: UserRef;
};
export type UserRef = {
  email: string;
  id?: never;
  vendorId?: never;
} | {
  email?: never;
  id: string;
  vendorId?: never;
} | {
  email?: never;
  id?: never;
  vendorId: string;
};
export type conferenceInviteMutation$variables = {
  input: InviteParticipantInput;
};
export type conferenceInviteMutation$data = {
  readonly inviteParticipant: {
    readonly outcome: Outcome;
    readonly problems: ReadonlyArray<{
      readonly message: string;
    }>;
  };
};
export type conferenceInviteMutation = {
  response: conferenceInviteMutation$data;
  variables: conferenceInviteMutation$variables;
};

const node: ConcreteRequest = (function(){
var v0 = [
  {
    "defaultValue": null,
    "kind": "LocalArgument",
    "name": "input"
  }
],
v1 = [
  {
    "alias": null,
    "args": [
      {
        "kind": "Variable",
        "name": "input",
        "variableName": "input"
      }
    ],
    "concreteType": "InviteParticipantPayload",
    "kind": "LinkedField",
    "name": "inviteParticipant",
    "plural": false,
    "selections": [
      {
        "alias": null,
        "args": null,
        "kind": "ScalarField",
        "name": "outcome",
        "storageKey": null
      },
      {
        "alias": null,
        "args": null,
        "concreteType": "Problem",
        "kind": "LinkedField",
        "name": "problems",
        "plural": true,
        "selections": [
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "message",
            "storageKey": null
          }
        ],
        "storageKey": null
      }
    ],
    "storageKey": null
  }
];
return {
  "fragment": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Fragment",
    "metadata": null,
    "name": "conferenceInviteMutation",
    "selections": (v1/*:: as any*/),
    "type": "Mutation",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "conferenceInviteMutation",
    "selections": (v1/*:: as any*/)
  },
  "params": {
    "cacheID": "cefd1fe1a9f4cfe563a576146cafd40e",
    "id": "83c34d92f714bd07c86c1db52945571cf7587b6c500f2815e8ef58efd702206f",
    "metadata": {},
    "name": "conferenceInviteMutation",
    "operationKind": "mutation",
    "text": "mutation conferenceInviteMutation(\n  $input: InviteParticipantInput!\n) {\n  inviteParticipant(input: $input) {\n    outcome\n    problems {\n      message\n    }\n  }\n}\n"
  }
};
})();

(node as any).hash = "d08468d3ae1af8d704b1ba3afde09419";

export default node;
