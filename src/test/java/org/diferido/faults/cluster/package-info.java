/** Nodes and databases as processes, and what can happen to them. */
package org.diferido.faults.cluster;
