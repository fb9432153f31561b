/**
 * @generated SignedSource<<f4980ac893853862e9728b6f87b2a06c>>
 * @relayHash 7d0d3797d5d4f184005b09b55f51e996
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID de53ff26ca692191cb3f07be07f47898bf491cc5fa5990fde3f4b03c9ceafe10

import type { ConcreteRequest } from 'relay-runtime';
export type ConferenceMode = "ALL_ON_SCREEN" | "MODERATED" | "SMART_MEETING" | "VIDEO_LECTURE";
export type ConferenceState = "ENDED" | "IDLE" | "RUNNING" | "SCHEDULED" | "UNKNOWN";
export type Outcome = "NOT_SENT" | "PENDING" | "REJECTED" | "SUCCEEDED" | "UNKNOWN";
export type CreateConferenceInput = {
  account: string;
  allowGuests?: boolean | null | undefined;
  autoInvite?: boolean | null | undefined;
  clientMutationId?: string | null | undefined;
  description?: string | null | undefined;
  idempotencyKey?: string | null | undefined;
  invite?: ReadonlyArray<UserRef> | null | undefined;
  maxParticipants?: number | null | undefined;
  mode?: ConferenceMode | null | undefined;
  owner?: UserRef | null | undefined;
  passcode?: string | null | undefined;
  schedule?: ScheduleInput | null | undefined;
  tags?: ReadonlyArray<string> | null | undefined;
  title: string;
  vendorOptions?: unknown | null | undefined;
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
export type ScheduleInput = {
  oneTime: OneTimeScheduleInput;
  permanent?: never;
  recurring?: never;
} | {
  oneTime?: never;
  permanent: boolean;
  recurring?: never;
} | {
  oneTime?: never;
  permanent?: never;
  recurring: RecurringScheduleInput;
};
export type OneTimeScheduleInput = {
  durationMinutes: number;
  startsAt: string;
  timeZone?: string | null | undefined;
};
export type RecurringScheduleInput = {
  durationMinutes: number;
  rrule: string;
  startsAt: string;
  timeZone: string;
};
export type conferenceCreateMutation$variables = {
  input: CreateConferenceInput;
};
export type conferenceCreateMutation$data = {
  readonly createConference: {
    readonly conference: {
      readonly id: string;
      readonly state: ConferenceState;
      readonly title: string;
    } | null | undefined;
    readonly outcome: Outcome;
    readonly problems: ReadonlyArray<{
      readonly message: string;
    }>;
  };
};
export type conferenceCreateMutation = {
  response: conferenceCreateMutation$data;
  variables: conferenceCreateMutation$variables;
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
    "concreteType": "CreateConferencePayload",
    "kind": "LinkedField",
    "name": "createConference",
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
      },
      {
        "alias": null,
        "args": null,
        "concreteType": "Conference",
        "kind": "LinkedField",
        "name": "conference",
        "plural": false,
        "selections": [
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "id",
            "storageKey": null
          },
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "title",
            "storageKey": null
          },
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "state",
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
    "name": "conferenceCreateMutation",
    "selections": (v1/*:: as any*/),
    "type": "Mutation",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "conferenceCreateMutation",
    "selections": (v1/*:: as any*/)
  },
  "params": {
    "cacheID": "7d0d3797d5d4f184005b09b55f51e996",
    "id": "de53ff26ca692191cb3f07be07f47898bf491cc5fa5990fde3f4b03c9ceafe10",
    "metadata": {},
    "name": "conferenceCreateMutation",
    "operationKind": "mutation",
    "text": "mutation conferenceCreateMutation(\n  $input: CreateConferenceInput!\n) {\n  createConference(input: $input) {\n    outcome\n    problems {\n      message\n    }\n    conference {\n      id\n      title\n      state\n    }\n  }\n}\n"
  }
};
})();

(node as any).hash = "67ef90ff3596ceb2f6f5a7e92625003f";

export default node;
