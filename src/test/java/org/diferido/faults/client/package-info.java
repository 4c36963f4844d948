/** Clients that submit, repeat, cancel and read, and their ledger of what they were answered. */
package org.diferido.faults.client;
