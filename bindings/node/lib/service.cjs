// What every service of an AccessToken2 has.

'use strict'

const check = require('./check.cjs')

class Service {
    constructor() {
        this.privileges = {}
    }

    get type() {
        return this.constructor.type
    }

    addPrivilege(privilege, privilegeExpire) {
        this.privileges[check.number(privilege, 'privilege')] = check.lifetime(privilegeExpire, 'privilegeExpire')
        return this
    }
}

module.exports = { Service }
