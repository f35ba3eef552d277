/*
 * Copyright 2026 the Holdfast authors.
 * SPDX-License-Identifier: Apache-2.0
 */

package dev.holdfast.docs;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * A POM, read alone as a user's build reads it: without the repository it is from.
 *
 * @param text what the file says
 * @param project its root element
 */
record Pom(String text, Element project) {

	private static final List<String> REQUIRED = List.of("groupId", "artifactId", "version", "name", "description",
			"url", "licenses", "developers", "scm");

	private static final List<String> OF_THE_BUILD = List.of("parent", "modules", "properties", "dependencyManagement",
			"build", "profiles", "repositories", "pluginRepositories", "reporting");

	private static final Set<String> SCOPES = Set.of("compile", "runtime");

	static Pom parse(String text) {
		try {
			DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
			return new Pom(text,
					factory.newDocumentBuilder().parse(new InputSource(new StringReader(text))).getDocumentElement());
		}
		catch (IOException | SAXException | ParserConfigurationException ex) {
			throw new IllegalArgumentException("Not a POM: " + text, ex);
		}
	}

	String artifactId() {
		return text(this.project, "artifactId");
	}

	String version() {
		return text(this.project, "version");
	}

	List<Dependency> dependencies() {
		return children(this.project, "dependencies").flatMap((list) -> children(list, "dependency"))
			.map((dependency) -> new Dependency(text(dependency, "groupId"), text(dependency, "artifactId"),
					text(dependency, "version"), Objects.requireNonNullElse(text(dependency, "scope"), "compile"),
					"true".equals(text(dependency, "optional"))))
			.toList();
	}

	/**
	 * What a published POM must not have, or lacks.
	 */
	List<String> problems() {
		List<String> problems = new ArrayList<>();
		if (this.text.contains("${")) {
			problems.add("an expression is left: " + this.text.substring(this.text.indexOf("${")).lines().findFirst());
		}
		REQUIRED.stream()
			.filter((name) -> children(this.project, name).findAny().isEmpty())
			.forEach((name) -> problems.add("has no <" + name + ">"));
		OF_THE_BUILD.stream()
			.filter((name) -> children(this.project, name).findAny().isPresent())
			.forEach((name) -> problems.add("has a <" + name + ">"));
		dependencies().stream()
			.filter((dependency) -> dependency.version() == null || !SCOPES.contains(dependency.scope()))
			.forEach((dependency) -> problems.add("no version, or nothing for a user: " + dependency));
		return problems;
	}

	private static String text(Element parent, String name) {
		return children(parent, name).map((child) -> child.getTextContent().strip()).findFirst().orElse(null);
	}

	private static Stream<Element> children(Element parent, String name) {
		NodeList nodes = parent.getChildNodes();
		return IntStream.range(0, nodes.getLength())
			.mapToObj(nodes::item)
			.filter(Element.class::isInstance)
			.map(Element.class::cast)
			.filter((child) -> child.getTagName().equals(name));
	}

	record Dependency(String groupId, String artifactId, String version, String scope, boolean optional) {

		String purl() {
			return "pkg:maven/%s/%s@%s?type=jar".formatted(this.groupId, this.artifactId, this.version);
		}

	}

}
