// What services are made of.

/** What the formats carry as text: UTF-8 by habit, any bytes by right, 65,535 of them. */
export type Text = string | Uint8Array

/** Times by the number of the privilege: seconds from the issue time in 007, Unix seconds in 006; 0 is no own limit. */
export type Privileges = { [privilege: number]: number }

/** One service of an AccessToken2. */
export declare abstract class Service {
    /** The number of the service on the wire. */
    get type(): number
    /** What it grants, in seconds from the issue time; 0 for as long as the token. */
    privileges: Privileges
    /** Grants a privilege, by its number, or changes how long it lasts. */
    addPrivilege(privilege: number, privilegeExpire: number): this
}
