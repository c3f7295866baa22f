/**
 * Makes a worker of any Spring Boot application that has the starter on its class path: the
 * settings that hold unless the application says otherwise. The beans are declared by the features.
 */
@NullMarked
package io.legwork.worker.autoconfigure;

import org.jspecify.annotations.NullMarked;
