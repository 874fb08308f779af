package pantheon.night.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import pantheon.night.document.FrontMatter.Unreadable;

/** Whatever means something only because it is first stays first, or the file is refused. */
class FirstLinesTest {
    /** Where the first lines end is marked by ‖. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a.sh|'#!/bin/sh\n‖x\n'",
                "a.sh|'\uFEFF#!/bin/sh\r\n‖x\r\n'",
                "a.sh|'#!/bin/sh\r‖x\r'",
                "a.py|'#!/usr/bin/python\n# -*- coding: latin-1 -*-\n‖x\n'",
                "a.py|'# coding=utf-8\n‖x\n'",
                "a.py|'‖# A comment\nx\n'",
                "a.py|'‖@decorator\ndef f(): pass\n'",
                "a.rb|'# encoding: utf-8\n‖x\n'",
                "a.el|';;; a.el --- A -*- lexical-binding: t; -*-\n‖(x)\n'",
                "a.c|'/* -*- mode: c -*- */\n‖x\n'",
                "a.c|'‖#include <a.h>\n'",
                "a.rs|'‖#![allow(dead_code)]\n'",
                "a.vim|'\" vim: set ft=vim:\n‖x\n'",
                "a.php|'<?php\n‖namespace A;\n'",
                "a.php|'<?php declare(strict_types=1);\n‖namespace A;\n'",
                "a.php|'#!/usr/bin/env php\n<?php\n‖x\n'",
                "a.xml|'<?xml version=\"1.0\"?>\n‖<r/>\n'",
                "a.xml|'<?xml version=\"1.0\"\n  encoding=\"UTF-8\"?>\n‖<r/>\n'",
                "a.xml|'<?xml version=\"1.0\"?>‖<r/>\n'",
                "a.xml|'‖<r/>\n'",
                "a.html|'<!DOCTYPE html>\n‖<html>\n'",
                "a.html|'<!doctype\n html>‖<html>\n'",
                "a.html|'---\nlayout: x\n---\n‖<html>\n'",
                "a.scss|'---\n---\n‖@import \"x\";\n'",
                "a.css|'@charset \"utf-8\";\n‖a {}\n'",
                "a.css|'‖@import \"x\";\n'",
                "a.js|'\"use strict\";\n‖x\n'",
                "a.tsx|'''use client''\n‖x\n'",
                "a.js|'// @flow\n‖x\n'",
                "a.go|'‖//go:build linux\n\npackage a\n'",
                "a.jsp|'<%@ page a %>\n<%@ page b %>\n‖x\n'",
                "a.rkt|'#lang racket\n‖(x)\n'",
                "a.yaml|'#cloud-config\n‖a: b\n'",
                "a.yaml|'‖---\na: b\n---\nc: d\n'",
                "a.yaml|'%YAML 1.2\n‖---\na: b\n'",
                "Dockerfile|'# syntax=docker/dockerfile:1\n# escape=`\n‖FROM a\n'",
                "a.feature|'# language: fr\n‖x\n'",
                "a.cmd|'@echo off\r\n‖x\r\n'",
                "a.tex|'% !TeX program = xelatex\n‖x\n'",
                "a.tex|'‖% a comment\n'",
                "Package.swift|'// swift-tools-version:5.9\n‖x\n'",
                "a.md|'---\na: b\n---\n‖# T\n'",
                "a.md|'‖# T\n'",
                "a.lua|'‖---\n-- A module\n---\n'",
                "a.escript|'#!/usr/bin/env escript\n%%! -smp enable\n‖x\n'",
                "a.hs|'#!/usr/bin/env stack\n-- stack script\n‖x\n'",
                "a.hs|'‖-- stack of plates\nx\n'",
                "a.cmd|'@ECHO OFF\n‖x\n'",
                "a.pug|'doctype html\n‖html\n'",
                "requirements.txt|'‖a==1\n'",
                "robots.txt|'‖User-agent: *\n'",
                "a.js|'‖/* a comment */\nx\n'",
                "a.py|'\n# coding: latin-1\n‖x\n'",
                "a.py|'# A comment\n# -*- coding: latin-1 -*-\n‖x\n'",
                "a.py|'‖x = 1\n# coding: latin-1\n'",
                "Dockerfile|'#  Syntax = a\n#ESCAPE=`\n‖FROM a\n'",
                "Dockerfile|'‖# a\n# syntax=x\nFROM a\n'",
                "a.tex|'%& -translate-file=cp1250cs\n% !TEX root = b.tex\n‖x\n'",
                "a.sql|'-- liquibase formatted sql\n‖x\n'",
                "a.sql|'--liquibase formatted sql\r\n‖x\r\n'",
                "a.1|'''\\\" t\n‖.TH X 1\n'",
                "a.kdl|'/- kdl-version 2\n‖a\n'",
                "a.lua|'# skipped by Lua\n‖return 1\n'",
                "a.ps1|'‖<#\n.SYNOPSIS\n#>\n'",
                "a|'‖'",
            })
    void what_has_to_stay_first_is_known(String path, String marked) throws Unreadable {
        assertEquals(marked.indexOf('‖'), FirstLines.end(path, marked.replace("‖", "")), marked);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a.json|'{}\n'",
                "a.csv|'a,b\n'",
                "a.md|'+++\ntitle = \"x\"\n+++\n\n# X\n'",
                "a.md|'---toml\nx\n---\n'",
                "a.md|'title: x\n\n# X\n'",
                "a.md|'\n---\ntitle: x\n---\n'",
                "a.md|'---\ntitle: x\n'",
                "a.html|'---\ntitle: x\n'",
                "a.html|'+++\ntitle = \"x\"\n+++\n'",
                "a.html|'{% extends \"a\" %}\n'",
                "a.erb|'<%# locals: (a:) -%>\n'",
                "a.xml|'<?xml version=\"1.0\"\n<r/>\n'",
                "a.xml|'<!DOCTYPE r [\n<!ENTITY a \"b\">\n]>\n'",
                "a.php|'<?php echo 1;\n'",
                "a.php|'<?php /*\n*/\n'",
                "a.php|'<p>x</p>\n'",
                "a.phtml|'<?= 1 ?>\n'",
                "a.c|'/* -*- mode: c -*-\n * x\n */\n'",
                "a.conf|'#EXTM3U\n'",
                "a.cshtml|'@model A\n'",
                "a.ps|'%!PS-Adobe-3.0\n'",
                "a.txt|'WEBVTT\n\n'",
                "a.bin|'version https://git-lfs.github.com/spec/v1\n'",
                "a.sh|'<<<<<<< ours\n'",
                "a.js|'/**\n * @jest-environment jsdom\n */\nx\n'",
                "a.js|'/* @flow */\nx\n'",
                "a.jl|'### A Pluto.jl notebook ###\n'",
                "a.py|'# ---\n# jupyter:\n# ---\n'",
                "a.rst|'.. title: x\n.. slug: x\n'",
                "a.rst|':date: 2026-05-04\n'",
                "a.cls|'VERSION 1.0 CLASS\n'",
                "a.srt|'1\n'",
                "a.php|'\n<?php\nx\n'",
                "a.php|''",
                "a.css|'@charset \"utf-8\";a{}\n'",
                "a.rs|'#!/usr/bin/env cargo\n---\n[dependencies]\n---\nx\n'",
                "a.scm|'#!/usr/bin/guile \\\n-e main -s\n!#\n'",
                "a.ftl|'<#ftl encoding=\"utf-8\">\n'",
                "a.xpm|'/* XPM */\nx\n'",
                "a.gpl|'GIMP Palette\n'",
            })
    void what_looks_like_it_and_is_not_known_is_refused(String path, String text) {
        assertThrows(Unreadable.class, () -> FirstLines.end(path, text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"docs/a.JSON", "x.y/a.csv"})
    void the_kind_is_the_ending_of_the_name_in_any_case(String path) {
        assertThrows(Unreadable.class, () -> FirstLines.end(path, "text\n"));
    }
}
